import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseMediaType, splitOutsideQuotes } from "./media-type.ts";

test.each([
  ["application/json", "application/json", {}],
  ['Application/JSON ; Charset="UTF-8";q', "application/json", { charset: "utf-8" }],
  ['a/b;c="d\\";e";f=g', "a/b", { c: 'd";e', f: "g" }],
  ["", "", {}],
])("the media type %s", (text, name, parameters) => {
  const read = parseMediaType(text);
  expect({ name: read.name, parameters: Object.fromEntries(read.parameters) }).toEqual({ name, parameters });
});

test("parts joined by the separator are split again", () => {
  const part = fc.oneof(fc.stringMatching(/^[a-z=]*$/), fc.stringMatching(/^"[a-z,;]*"$/));
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1 }),
      fc.constantFrom("," as const, ";" as const),
      (parts, separator) => {
        expect(splitOutsideQuotes(parts.join(` ${separator} `), separator)).toEqual(parts);
      },
    ),
  );
});
