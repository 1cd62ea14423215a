import * as fc from "fast-check";
import { counterMaximum, counterNames, type CounterName } from "../src/resource/counters.ts";
import type { CounterEdit, InstallSummaryEdit } from "../src/patch/edit.ts";
import {
  createSummary,
  type InstallSummary,
  type InstallSummaryPatch,
} from "../src/resource/install-summary.ts";
import { exampleApp, exampleSummary } from "../src/resource/example.ts";
import type { MobileApp } from "../src/resource/mobile-app.ts";

export const appId: string = exampleSummary.id;

/** The ten counters of the specification's example, as its request sends them. */
export const examplePatch: Omit<InstallSummary, "id"> = exampleCounters(exampleSummary);

export function sampleSummary(counters: InstallSummaryPatch = {}): InstallSummary {
  return createSummary(appId, (name) => counters[name] ?? examplePatch[name]);
}

// Some values are frequent, so that two summaries often agree on a counter.
const counterValue: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: counterMaximum }),
  fc.constantFrom(0, 1, 2, counterMaximum),
);

/** Some counters with valid values; frozen like all data here, since no function may change its arguments. */
export const patches: fc.Arbitrary<InstallSummaryPatch> = someCounters(counterValue);

export const summaries: fc.Arbitrary<InstallSummary> = patches.map((patch) =>
  Object.freeze(sampleSummary(patch)),
);

/** Edits that add to counters or subtract from them. */
export const relativeEdits: fc.Arbitrary<InstallSummaryEdit> = someCounters(
  fc
    .oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -counterMaximum, max: counterMaximum }))
    .map((add) => Object.freeze({ add })),
);

export const edits: fc.Arbitrary<InstallSummaryEdit> = fc
  .tuple(patches, relativeEdits)
  .map(([patch, relative]) => Object.freeze({ ...patch, ...relative }));

function someCounters<Value extends CounterEdit>(
  values: fc.Arbitrary<Value>,
): fc.Arbitrary<{ readonly [Name in CounterName]?: Value }> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...counterNames), values), { selector: ([name]) => name })
    .map((members) => {
      const chosen: { [Name in CounterName]?: Value } = {};
      for (const [name, value] of members) chosen[name] = value;
      return Object.freeze(chosen);
    });
}

export function sampleApp(properties: Partial<MobileApp> = {}): MobileApp {
  return { ...exampleApp, ...properties };
}

function exampleCounters({ id: _id, ...counters }: InstallSummary): Omit<InstallSummary, "id"> {
  return counters;
}
