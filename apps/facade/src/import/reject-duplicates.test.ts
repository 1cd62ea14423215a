import { expect, test } from "vitest";
import { rejectDuplicates } from "./reject-duplicates.ts";

const id = "06a792e9-92e9-06a7-e992-a706e992a706";
const row = (line: number) => ({ line, app: { id }, patch: {} });

test("each of two rows names the other's line", () => {
  expect(rejectDuplicates(id, [row(3), row(7)])).toEqual([
    { line: 3, id, column: "ApplicationId", problem: "The app is also in line 7; one row per app is read." },
    { line: 7, id, column: "ApplicationId", problem: "The app is also in line 3; one row per app is read." },
  ]);
});

test("a row that has a fault of its own keeps it", () => {
  const faulty = { line: 9, id, column: "FailedDeviceCount", problem: "FailedDeviceCount must be a number." };
  expect(rejectDuplicates(id, [row(3), row(7), faulty]).map(({ problem }) => problem)).toEqual([
    "The app is also in lines 7 and 9; one row per app is read.",
    "The app is also in lines 3 and 9; one row per app is read.",
    "FailedDeviceCount must be a number. The app is also in lines 3 and 7; one row per app is read.",
  ]);
});

test("of many lines ten are named", () => {
  const rejected = rejectDuplicates(
    id,
    Array.from({ length: 1000 }, (_, index) => row(index + 2)),
  );
  expect(rejected[0]?.problem).toBe(
    "The app is also in lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 989 more; one row per app is read.",
  );
  expect(rejected.at(-1)?.problem).toContain("lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 989 more;");
});
