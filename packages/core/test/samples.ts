import * as fc from "fast-check";
import { counterMaximum, counterNames, type CounterName } from "../src/resource/counters.ts";
import type { CounterEdit, InstallSummaryEdit } from "../src/patch/edit.ts";
import type { InstallSummary, InstallSummaryPatch } from "../src/resource/install-summary.ts";
import type { MobileApp } from "../src/resource/mobile-app.ts";

export const appId = "06a792e9-92e9-06a7-e992-a706e992a706";

/** The body of the specification's example request. */
export const examplePatch: { readonly [Name in CounterName]: number } = {
  installedDeviceCount: 4,
  failedDeviceCount: 1,
  notApplicableDeviceCount: 8,
  notInstalledDeviceCount: 7,
  pendingInstallDeviceCount: 9,
  installedUserCount: 2,
  failedUserCount: 15,
  notApplicableUserCount: 6,
  notInstalledUserCount: 5,
  pendingInstallUserCount: 7,
};

export function sampleSummary(counters: InstallSummaryPatch = {}): InstallSummary {
  return { id: appId, ...examplePatch, ...counters };
}

// Few values besides the many, so that two summaries often agree on a counter.
const counterValue: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: counterMaximum }),
  fc.constantFrom(0, 1, 2, counterMaximum),
);

/** Some counters with values that are valid; frozen, as all data here: nothing may write to what it is given. */
export const patches: fc.Arbitrary<InstallSummaryPatch> = someCounters(counterValue);

export const summaries: fc.Arbitrary<InstallSummary> = patches.map((patch) =>
  Object.freeze(sampleSummary(patch)),
);

/** Edits that only say how much more or less. */
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

export function sampleApp(): MobileApp {
  return {
    "@odata.type": "#microsoft.graph.win32LobApp",
    id: appId,
    displayName: "Contoso Portal",
    description: null,
    publisher: "Contoso",
    createdDateTime: "2024-09-30T13:47:10Z",
    lastModifiedDateTime: "2024-09-30T13:47:10Z",
    isFeatured: false,
    privacyInformationUrl: null,
    informationUrl: null,
    owner: null,
    developer: null,
    notes: null,
    publishingState: "published",
    isAssigned: true,
  };
}
