import { expect, expectTypeOf, test } from "vitest";
import type { infer as Output } from "zod";
import { appId, examplePatch, sampleSummary } from "../test/samples.ts";
import { counterMaximum, counterNames, type CounterName } from "./counters.ts";
import {
  installSummaryPatchSchema,
  installSummarySchema,
  type InstallSummary,
  type InstallSummaryPatch,
} from "./install-summary.ts";

test("a summary has all ten counters; what else stands in an answer is dropped", () => {
  const answer = { "@odata.context": "x", "@odata.type": "y", ...sampleSummary(), later: 1 };
  expect(installSummarySchema.parse(answer)).toEqual(sampleSummary());
});

test.each(["id", ...counterNames])("a summary without %s is none", (name) => {
  const answer = Object.fromEntries(Object.entries(sampleSummary()).filter(([member]) => member !== name));
  expect(installSummarySchema.safeParse(answer).error?.issues[0]?.path).toEqual([name]);
});

test.each([null, "4", true, 1.5, -1, counterMaximum + 1, Number.NaN])("%j is no counter's value", (value) => {
  expect(installSummarySchema.safeParse({ ...sampleSummary(), failedUserCount: value }).success).toBe(false);
  expect(installSummaryPatchSchema.safeParse({ failedUserCount: value }).success).toBe(false);
});

test("a patch is some of the counters and nothing else", () => {
  for (const patch of [{}, { failedUserCount: 0 }, { failedUserCount: counterMaximum }, examplePatch]) {
    expect(installSummaryPatchSchema.parse(patch)).toEqual(patch);
  }
  for (const other of [
    { id: appId },
    { failedusercount: 1 },
    { "@odata.type": "x" },
    { failedUserCount: undefined },
    null,
    [],
  ]) {
    expect(installSummaryPatchSchema.safeParse(other).success).toBe(false);
  }
});

test("the types are what the counters are named", () => {
  expectTypeOf<keyof InstallSummary>().toEqualTypeOf<CounterName | "id">();
  expectTypeOf<keyof InstallSummaryPatch>().toEqualTypeOf<CounterName>();
  expectTypeOf<Output<typeof installSummarySchema>>().toEqualTypeOf<InstallSummary>();
  expectTypeOf<Output<typeof installSummaryPatchSchema>>().toEqualTypeOf<InstallSummaryPatch>();
});
