import { expect, expectTypeOf, test } from "vitest";
import { toJSONSchema } from "zod";
import type * as z from "zod";
import { appId, examplePatch, sampleSummary } from "../../test/samples.ts";
import { counterMaximum, counterNames, type CounterName } from "./counters.ts";
import {
  installSummaryPatchSchema,
  installSummarySchema,
  wrappedInstallSummarySchema,
} from "./install-summary-schema.ts";
import type { InstallSummary, InstallSummaryPatch } from "./install-summary.ts";

test("a summary has all ten counters; other members of a response are dropped", () => {
  const response = { "@odata.context": "x", "@odata.type": "y", ...sampleSummary(), later: 1 };
  expect(installSummarySchema.parse(response)).toEqual(sampleSummary());
});

test.each(["id", ...counterNames])("a summary without %s is invalid", (name) => {
  const response = Object.fromEntries(Object.entries(sampleSummary()).filter(([member]) => member !== name));
  expect(installSummarySchema.safeParse(response).error?.issues[0]?.path).toEqual([name]);
});

test.each([null, "4", true, 1.5, -1, counterMaximum + 1, Number.NaN])(
  "%j is not a counter's value",
  (value) => {
    expect(installSummarySchema.safeParse({ ...sampleSummary(), failedUserCount: value }).success).toBe(
      false,
    );
    expect(installSummaryPatchSchema.safeParse({ failedUserCount: value }).success).toBe(false);
  },
);

test("a patch is some of the counters and nothing else", () => {
  for (const patch of [
    {},
    { failedUserCount: undefined },
    { failedUserCount: 0 },
    { failedUserCount: counterMaximum },
    examplePatch,
  ]) {
    expect(installSummaryPatchSchema.parse(patch)).toEqual(patch);
  }
  for (const other of [{ id: appId }, { failedusercount: 1 }, { "@odata.type": "x" }, null, []]) {
    expect(installSummaryPatchSchema.safeParse(other).success).toBe(false);
  }
});

test("the types have the names of the counters", () => {
  expectTypeOf<keyof InstallSummary>().toEqualTypeOf<CounterName | "id">();
  expectTypeOf<keyof InstallSummaryPatch>().toEqualTypeOf<CounterName>();
});

test("what the schemas take and give has the types of a summary and a patch", () => {
  expectTypeOf<Readonly<z.input<typeof installSummarySchema>>>().toEqualTypeOf<InstallSummary>();
  expectTypeOf<Readonly<z.output<typeof installSummarySchema>>>().toEqualTypeOf<InstallSummary>();
  expectTypeOf<Readonly<z.input<typeof installSummaryPatchSchema>>>().toEqualTypeOf<InstallSummaryPatch>();
  expectTypeOf<Readonly<z.output<typeof installSummaryPatchSchema>>>().toEqualTypeOf<InstallSummaryPatch>();
  expectTypeOf(installSummaryPatchSchema).toExtend<z.ZodType<InstallSummaryPatch, InstallSummaryPatch>>();
  expectTypeOf(installSummarySchema).toExtend<z.ZodType<InstallSummary, InstallSummary>>();
});

test("a summary may be inside a value, as one page of the documentation shows", () => {
  const response = { value: { "@odata.type": "y", ...sampleSummary() } };
  expect(wrappedInstallSummarySchema.parse(response)).toEqual({ value: sampleSummary() });
  expect(wrappedInstallSummarySchema.safeParse(sampleSummary()).success).toBe(false);
});

test("the schemas are zod's, with its methods, its messages and its JSON Schema", () => {
  const failed = installSummarySchema.nullable().safeParse({ ...sampleSummary(), failedUserCount: "4" });
  expect(failed.error?.issues[0]?.message).toBe("Invalid input: expected number, received string");
  const counter = { type: "integer", minimum: 0, maximum: counterMaximum };
  expect(toJSONSchema(installSummaryPatchSchema)).toMatchObject({
    type: "object",
    properties: Object.fromEntries(counterNames.map((name) => [name, counter])),
    additionalProperties: false,
  });
  expect(toJSONSchema(installSummarySchema)).toMatchObject({
    properties: { id: { type: "string", format: "uuid" }, failedUserCount: counter },
    required: ["id", ...counterNames],
  });
});
