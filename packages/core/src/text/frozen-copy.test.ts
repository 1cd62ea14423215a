import * as fc from "fast-check";
import { expect, test } from "vitest";
import { frozenCopy } from "./frozen-copy.ts";

test("a copy is equal and frozen all the way down, and the original stays as it was", () => {
  const plain = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"__proto__"'));
  fc.assert(
    fc.property(plain, (value) => {
      const copy = frozenCopy(value);
      expect(copy).toEqual(value);
      for (const part of parts(copy)) expect(Object.isFrozen(part)).toBe(true);
      for (const part of parts(value)) expect(Object.isFrozen(part)).toBe(false);
    }),
  );
});

test("errors in it stay the same errors", () => {
  const error = new Error("No.");
  const copy = frozenCopy({ failures: [{ error }] });
  expect(copy.failures[0]?.error).toBe(error);
  expect(Object.isFrozen(error)).toBe(false);
});

function parts(value: unknown): readonly object[] {
  if (typeof value !== "object" || value === null) return [];
  return [value, ...Object.values(value).flatMap((member) => parts(member))];
}
