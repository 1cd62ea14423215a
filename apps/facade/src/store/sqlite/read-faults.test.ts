import { DatabaseSync, StatementSync } from "node:sqlite";
import { expect, onTestFinished, test, vi } from "vitest";
import { readFaults } from "./read-faults.ts";

/** What is made of rows that SQLite's check has found. */
function madeOf(...rows: readonly string[]): unknown {
  const spy = vi
    .spyOn(StatementSync.prototype, "all")
    .mockReturnValue(rows.map((row) => ({ integrity_check: row })));
  onTestFinished(() => spy.mockRestore());
  using database = new DatabaseSync(":memory:");
  try {
    return readFaults(database);
  } catch (error) {
    return error;
  }
}

test("a database without a fault has none", () => {
  expect(madeOf("ok")).toEqual([]);
});

test.each([
  "Tree 2 page 178: btreeInitPage() returns error code 11",
  "Tree 2 page 178: unable to get the page. error code=11",
  "row 3 missing from index i",
])("what was read and is wrong is a fault: %s", (text) => {
  expect(madeOf(text)).toEqual([text]);
});

test.each([
  "Tree 2 page 178: unable to get the page. error code=8458",
  "Tree 2 page 178: unable to get the page. error code=266",
  "Tree 0 page 9 cell 0: failed to get page 12",
])("a page that could not be read is none, whatever else seems wrong without it: %s", (text) => {
  const found = madeOf("row 3 missing from index i", `*** in database main ***\n${text}\nPage 5: never used`);
  expect(found).toMatchObject({ name: "UnreadPage", errcode: 10 });
});
