import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { sampleApp, sampleSummary } from "../../test/samples.ts";
import { appResponseSchema, pageResponseSchema } from "../client/response-schemas.ts";
import { safeParsePatch } from "../patch/parse-patch.ts";
import { counterMaximum, counterNames } from "./counters.ts";
import { installSummaryChangeSchema, type InstallSummaryChange } from "./install-summary-change.ts";
import {
  installSummaryPatchSchema,
  installSummarySchema,
  wrappedInstallSummarySchema,
} from "./install-summary-schema.ts";
import { mobileAppPageSchema, mobileAppSchema } from "./mobile-app-schema.ts";
import type { MobileApp, MobileAppPage } from "./mobile-app.ts";

const schemas = {
  installSummarySchema,
  wrappedInstallSummarySchema,
  installSummaryPatchSchema,
  installSummaryChangeSchema,
  mobileAppSchema,
  mobileAppPageSchema,
};

describe.each(Object.entries(schemas))("%s", (_name, schema) => {
  const options = { target: "draft-2020-12" } as const;

  test.each(["input", "output"] as const)("has the same JSON Schema in every way to ask for its %s", (io) => {
    const expected = z.toJSONSchema(schema, { io });
    expect(expected).toMatchObject({ type: "object", properties: expect.any(Object) });
    expect(schema.toJSONSchema({ io })).toMatchObject(expected);
    expect(schema["~standard"].jsonSchema[io](options)).toMatchObject(expected);
    const { $schema: _, ...inside } = expected;
    expect(z.object({ mine: schema }).toJSONSchema({ io }).properties).toMatchObject({ mine: inside });
  });

  test("is zod's object, with its shape and its methods, part by part", () => {
    for (const part of Object.values<z.ZodType>(schema.shape)) {
      expect(z.object({ part: part.optional().describe("one part") }).toJSONSchema()).toMatchObject({
        properties: { part: { description: "one part" } },
      });
    }
    expect(Object.keys(schema.extend({ mine: z.string() }).shape)).toEqual([
      ...Object.keys(schema.shape),
      "mine",
    ]);
    expect(schema.partial().safeParse({}).success).toBe(true);
    expect(schema.safeParse("text").success).toBe(false);
  });
});

test("the JSON Schema of a counter has its bounds, that of an id its form", () => {
  const counter = { type: "integer", minimum: 0, maximum: counterMaximum };
  expect(installSummaryPatchSchema.toJSONSchema()).toEqual({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: Object.fromEntries(counterNames.map((name) => [name, counter])),
    additionalProperties: false,
  });
  expect(installSummarySchema.toJSONSchema()).toMatchObject({
    properties: { id: { type: "string", format: "uuid" }, failedUserCount: counter },
    required: ["id", ...counterNames],
  });
});

test("the JSON Schema of an app says what a server may leave out, and what a reader gets", () => {
  const input = mobileAppSchema.toJSONSchema({ io: "input" });
  expect(input).toMatchObject({ required: ["id"] });
  expect(mobileAppSchema.toJSONSchema()).toMatchObject({
    required: Object.keys(mobileAppSchema.shape),
    properties: { isAssigned: { type: "boolean" }, publishingState: { type: "string" } },
  });
});

test("apps, pages and changes have their types as input and output", () => {
  expectTypeOf<Readonly<z.output<typeof mobileAppSchema>>>().toExtend<MobileApp>();
  expectTypeOf<z.output<typeof mobileAppPageSchema>>().toExtend<MobileAppPage>();
  expectTypeOf<Readonly<z.output<typeof installSummaryChangeSchema>>>().toExtend<InstallSummaryChange>();
  expectTypeOf<InstallSummaryChange>().toExtend<Readonly<z.input<typeof installSummaryChangeSchema>>>();
  expectTypeOf<MobileApp>().toExtend<Readonly<z.input<typeof mobileAppSchema>>>();
  expectTypeOf<{ id: string }>().toExtend<z.input<typeof mobileAppSchema>>();
  expectTypeOf<z.input<typeof installSummaryPatchSchema>>().toHaveProperty("failedDeviceCount");
  expectTypeOf<z.input<typeof installSummaryPatchSchema>>().not.toHaveProperty("faildDeviceCount");
});

const anyCount = fc.oneof(
  fc.integer({ min: 0, max: counterMaximum }),
  fc.constantFrom(0, -0, counterMaximum, undefined),
);
const anyValue = fc.oneof(
  { weight: 6, arbitrary: anyCount },
  fc.double(),
  fc.constantFrom(-1, counterMaximum + 1, 1.5, Number.NaN, Infinity, null, "4", true),
  fc.array(fc.integer()),
  fc.dictionary(fc.string(), fc.integer()),
);

test("the schema of a patch and parsePatch take the same patches, and make the same of them", () => {
  const counters = fc.dictionary(fc.constantFrom(...counterNames), anyValue);
  const others = fc.dictionary(
    fc.constantFrom("faildDeviceCount", "FailedDeviceCount", "toString"),
    fc.integer(),
  );
  const bodies = fc.oneof(
    counters,
    fc.dictionary(fc.constantFrom(...counterNames), anyCount),
    fc.tuple(counters, others).map(([one, other]) => ({ ...one, ...other })),
  );
  fc.assert(
    fc.property(bodies, (body) => {
      const byZod = installSummaryPatchSchema.safeParse(body);
      const bySelf = safeParsePatch(body);
      expect(byZod.success).toBe(bySelf.success);
      // `toEqual` tells -0 from 0.
      expect(byZod.data).toEqual(bySelf.data);
    }),
    { numRuns: 1000 },
  );
});

test("the client's schemas take the same apps and pages as the exported ones, and make the same of them", () => {
  const texts = fc.constantFrom<unknown>(undefined, null, "", "text", 4);
  const flags = fc.constantFrom<unknown>(undefined, null, false, true, "true");
  const summaries = fc.constantFrom<unknown>(
    sampleSummary(),
    { ...sampleSummary(), "@odata.etag": 'W/"7"', later: 1 },
    { ...sampleSummary(), failedUserCount: -0 },
    { ...sampleSummary(), failedUserCount: undefined },
    { ...sampleSummary(), failedUserCount: 1.5 },
  );
  const app = fc.record(
    {
      "@odata.type": fc.constantFrom<unknown>(undefined, "#microsoft.graph.webApp", null),
      id: fc.constantFrom<unknown>(sampleApp().id, sampleApp().id, sampleApp().id, "nope"),
      displayName: texts,
      notes: texts,
      createdDateTime: texts,
      isFeatured: flags,
      isAssigned: flags,
      publishingState: texts,
      installSummary: summaries,
    },
    { requiredKeys: ["id"] },
  );
  const page = fc.record(
    {
      value: fc.array(app, { maxLength: 2 }),
      "@odata.nextLink": fc.constantFrom<unknown>(
        "https://graph.example/beta/x?$skiptoken=1",
        "/beta",
        "",
        4,
      ),
      "@odata.count": anyValue,
    },
    { requiredKeys: ["value"] },
  );
  fc.assert(
    fc.property(page, (body) => {
      const exported = mobileAppPageSchema.safeParse(body);
      const own = pageResponseSchema.safeParse(body);
      expect(own.success).toBe(exported.success);
      expect(own.data).toEqual(exported.data);
      const [first] = body.value;
      expect(appResponseSchema.safeParse(first).success).toBe(
        mobileAppPageSchema.shape.value.element.safeParse(first).success,
      );
    }),
    { numRuns: 1000 },
  );
});
