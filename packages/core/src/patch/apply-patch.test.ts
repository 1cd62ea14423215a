import * as fc from "fast-check";
import { expect, test } from "vitest";
import { patches, sampleSummary, summaries } from "../../test/samples.ts";
import { counterNames } from "../resource/counters.ts";
import { judgeOutcome } from "../outcome/judge-outcome.ts";
import { applyPatch, decidePatch, diff } from "./decide-patch.ts";
import { invert } from "./rebase.ts";

test("a patch sets the counters that it names and keeps the others", () => {
  const summary = sampleSummary();
  expect(applyPatch(summary, { failedDeviceCount: 0, failedUserCount: 3 })).toEqual({
    ...summary,
    failedDeviceCount: 0,
    failedUserCount: 3,
  });
});

test("a counter is read once: what a getter gives after that is taken by nobody", () => {
  const summary = sampleSummary();
  let reads = 0;
  const flipping = {
    get failedDeviceCount() {
      reads += 1;
      return reads === 1 ? 7 : NaN;
    },
  };
  const after = sampleSummary({ failedDeviceCount: 7 });
  for (const run of [
    () => expect(applyPatch(summary, flipping)).toEqual(after),
    () =>
      expect(decidePatch({ summary, version: 1 }, flipping)).toMatchObject({
        kind: "changed",
        summary: after,
      }),
    () => expect(judgeOutcome({ patch: flipping }, { summary: after, etag: undefined })).toBe("applied"),
    () =>
      expect(invert({ before: flipping, after: summary }, summary).patch).toEqual({ failedDeviceCount: 7 }),
  ]) {
    reads = 0;
    run();
    expect(reads).toBe(1);
  }
});

test("a patch that changes nothing gives the same object", () => {
  const summary = sampleSummary();
  expect(applyPatch(summary, {})).toBe(summary);
  expect(applyPatch(summary, { failedDeviceCount: summary.failedDeviceCount })).toBe(summary);
});

test("applying a patch does not change its summary", () => {
  const summary = Object.freeze(sampleSummary());
  expect(applyPatch(summary, { failedDeviceCount: 0 })).not.toBe(summary);
  expect(summary).toEqual(sampleSummary());
});

test("the difference of two summaries is the counters whose values differ", () => {
  const from = sampleSummary();
  expect(diff(from, from)).toEqual({});
  expect(diff(from, sampleSummary({ failedUserCount: 0 }))).toEqual({ failedUserCount: 0 });
});

test("applying a difference gives the edited summary", () => {
  fc.assert(
    fc.property(summaries, summaries, (from, to) => {
      expect(applyPatch(from, diff(from, to))).toEqual(to);
    }),
  );
});

test("a difference has no counter that is equal", () => {
  fc.assert(
    fc.property(summaries, patches, (from, patch) => {
      const difference = diff(from, applyPatch(from, patch));
      const changed = counterNames.filter((name) => name in patch && patch[name] !== from[name]);
      expect(Object.keys(difference)).toEqual(changed);
    }),
  );
});

test("a patch never touches an absent counter", () => {
  fc.assert(
    fc.property(summaries, patches, (summary, patch) => {
      const patched = applyPatch(summary, patch);
      for (const name of counterNames) {
        expect(patched[name]).toBe(name in patch ? patch[name] : summary[name]);
      }
      expect(patched.id).toBe(summary.id);
    }),
  );
});

test("applying a patch twice has the effect of once", () => {
  fc.assert(
    fc.property(summaries, patches, (summary, patch) => {
      const once = applyPatch(summary, patch);
      expect(applyPatch(once, patch)).toBe(once);
    }),
  );
});
