import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isIdColumn, reportNames } from "./column-names.ts";

/** As it reads: too slow for a long name that is of blanks. */
const slow = /^\s*("?)\s*(?:Application)?Id\s*\1\s*$/i;

test("a column of ids is told as its expression tells it", () => {
  const unit = fc.constantFrom("Id", "id", "Application", "application", " ", "\t", '"', "x", "\n");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 8 }), (name) => {
      expect([name, isIdColumn(name)]).toEqual([name, slow.test(name)]);
    }),
  );
});

test("a name of 64 KiB is told at once, whatever it is made of", () => {
  for (const sign of [" ", '"', "id", "id ", '" ']) {
    const name = sign.repeat(65_536 / sign.length);
    expect([isIdColumn(name), isIdColumn(`${name}x`)]).toEqual([false, false]);
    expect(reportNames(["id", name])).toEqual(["ApplicationId", name]);
  }
});
