import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRejectedRows, maxKeptRows } from "./rejected-rows.ts";

test("the first rows in the order of the files are kept, whatever the order in which they come", () => {
  const places = fc.array(fc.record({ file: fc.integer({ min: 1, max: 3 }), line: fc.nat() }), {
    minLength: 2 * maxKeptRows,
    maxLength: 4 * maxKeptRows,
  });
  fc.assert(
    fc.property(places, (all) => {
      const rejected = createRejectedRows();
      for (const place of all) rejected.add({ ...place, problem: "" });
      rejected.addUnkept(5);
      const ordered = all.toSorted((one, other) => one.file - other.file || one.line - other.line);
      expect(rejected.first()).toEqual(
        ordered.slice(0, maxKeptRows).map((place) => ({ ...place, problem: "" })),
      );
      expect(rejected.count()).toBe(all.length + 5);
    }),
    { numRuns: 20 },
  );
});
