import {
  assert,
  boolean,
  constantFrom,
  double,
  integer,
  jsonValue,
  maxSafeInteger,
  oneof,
  property,
} from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { settingTable } from "./setting-table.ts";
import { createSettingsSchema } from "./settings-schema.ts";

const schema = createSettingsSchema();
const validator = z.fromJSONSchema(JSON.parse(JSON.stringify(schema)));

/** A config file with one setting in it. */
function fileWith(key: string, value: unknown): object {
  return key.startsWith("limits.") ? { limits: { [key.slice("limits.".length)]: value } } : { [key]: value };
}

test("the schema has every setting, and allows the defaults and no other key", () => {
  for (const { key, setting } of settingTable) {
    expect([key, validator.safeParse(fileWith(`${key}x`, setting.default)).success]).toEqual([key, false]);
    if (setting.default === undefined) continue;
    expect([key, validator.safeParse(fileWith(key, setting.default)).success]).toEqual([key, true]);
  }
  expect(validator.safeParse({ $schema: "./config.schema.json" }).success).toBe(true);
});

test("a number, a switch or a word that the schema allows is one that the program takes, and no other JSON value is", () => {
  const exact = settingTable.filter(
    ({ setting: { type } }) => type.schema !== undefined && !("items" in type.schema),
  );
  expect(exact.length).toBeGreaterThan(15);
  const values = oneof(
    integer({ min: -2, max: 70_000 }),
    maxSafeInteger(),
    double(),
    boolean(),
    constantFrom("text", "json", "TEXT", "", null),
    jsonValue().filter((value) => typeof value === "object"),
  );
  assert(
    property(constantFrom(...exact), values, ({ key, setting }, value) => {
      const isTaken = setting.type.parse(value, "/") !== undefined;
      expect([key, validator.safeParse(fileWith(key, value)).success]).toEqual([key, isTaken]);
    }),
  );
});

test("a text that the schema refuses is one that the program refuses", () => {
  const texts = settingTable.filter(
    ({ setting: { type } }) => type.schema === undefined || "items" in type.schema,
  );
  expect(texts.length).toBeGreaterThan(5);
  for (const { key, setting } of texts) {
    for (const value of [null, 7, true, {}, "", "a\u0000b", ["a\u0000b"], [7]]) {
      expect([key, value, validator.safeParse(fileWith(key, value)).success]).toEqual([key, value, false]);
      expect([key, value, setting.type.parse(value, "/")]).toEqual([key, value, undefined]);
    }
  }
});
