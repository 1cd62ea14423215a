import { expect, test } from "vitest";
import { figure, formatMeasurements, formatVerdicts } from "./format-table.ts";
import type { Row } from "./measurement.ts";

const shared = { suite: "http", case: "GET, 32", connections: 32, bad: 0 };
const rows: readonly Row[] = [1, 2, 3].flatMap((round): Row[] => [
  {
    ...shared,
    variant: "facade",
    role: "ours",
    round,
    rate: 1000 * round,
    cpuUs: 50 + round,
    p50Us: 1234.5,
    rssBytes: 1e8,
    bad: 1,
  },
  { ...shared, variant: "bare", role: "limit", round, cpuUs: 17, busy: round === 2 ? 0.5 : 0.95 },
]);

test("a table has the quiet processor time, medians, every wrong response, the ratio, and names disturbed rounds", () => {
  expect(formatMeasurements(rows)).toBe(
    [
      "http: GET, 32  (disturbed rounds: 2)",
      "                 cpu each     rate       p50  memory  busy  bad  cpuUs over bare",
      "  facade  ours      51 µs  2,000/s  1,235 µs  100 MB          3       3 (3–3.12)",
      "  bare    limit     17 µs                             95 %    0",
      "",
    ].join("\n"),
  );
});

test("a verdict says what was found, what is wanted and where the floor is", () => {
  const rest = { target: "GET", ratio: 0.5, min: 0.4, max: 0.62, goal: 0.45, floor: 0.38 };
  expect(
    formatVerdicts([
      { ...rest, wanted: "at least", verdict: "reached" },
      { ...rest, wanted: "at most", verdict: "not measured" },
      {
        ...rest,
        wanted: "at least",
        verdict: "below floor",
        bound: { limit: "group commit", ratio: 0.24, isBelowFloor: true },
      },
      { target: "PostgreSQL", needs: "a store for it", verdict: "not built" },
    ]),
  ).toBe(
    [
      "reached      GET: 0.5 (0.4–0.62), wanted at least 0.45, floor 0.38",
      "not measured GET, wanted at most 0.45, floor 0.38",
      "below floor  GET: 0.5 (0.4–0.62), wanted at least 0.45, floor 0.38; group commit itself 0.24, below the floor: on this disk nothing that commits so can reach it",
      "not built    PostgreSQL: needs a store for it",
      "",
    ].join("\n"),
  );
});

test.each([
  [1_234_567.8, "1,234,568"],
  [99.96, "100"],
  [12.34, "12.3"],
  [0.012345, "0.0123"],
  [0, "0"],
])("%s is shown as %s", (value, shown) => {
  expect(figure(value)).toBe(shown);
});
