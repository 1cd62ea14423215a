import { expect, test } from "vitest";
import { describeRest } from "./describe-rest.ts";

test.each([
  [{ done: 0, of: 1_000_000, ms: 1000 }, "0 of 1,000,000 rows"],
  [{ done: 340_000, of: 1_000_000, ms: 18_000 }, "340,000 of 1,000,000 rows, 18,889/s, 35 s left"],
  [{ done: 1000, of: 1_000_000, ms: 1000 }, "1,000 of 1,000,000 rows, 1,000/s, 17 min left"],
  [{ done: 10, of: 100_000, ms: 5000 }, "10 of 100,000 rows, 2/s, 14 h left"],
  [{ done: 5000, of: 5000, ms: 1000 }, "5,000 of 5,000 rows, 5,000/s, 0 s left"],
  [{ done: 5000, ms: 2000 }, "5,000 rows, 2,500/s"],
])("%o is told as %s", (work, text) => {
  expect(describeRest({ what: "rows", ...work })).toBe(text);
});
