import { expect, test } from "vitest";
import type { Row } from "./measurement.ts";
import { figure, writeTable, writeVerdicts } from "./format-table.ts";

const shared = { suite: "http", case: "GET, 32", connections: 32, bad: 0 };
const rows: readonly Row[] = [1, 2, 3].flatMap((round): Row[] => [
  {
    ...shared,
    variant: "facade",
    role: "ours",
    round,
    rate: 1000 * round,
    p50Us: 1234.5,
    rssBytes: 1e8,
    bad: 1,
  },
  { ...shared, variant: "bare", role: "limit", round, rate: 10_000, busy: round === 2 ? 0.5 : 0.95 },
]);

test("a table has medians, every wrong answer, the ratio to the limit, and says what was disturbed", () => {
  expect(writeTable(rows)).toBe(
    [
      "http: GET, 32  (disturbed rounds: 1)",
      "                     rate       p50  memory  busy  bad   rate of bare",
      "  facade  ours    2,000/s  1,235 µs  100 MB          3  0.2 (0.1–0.3)",
      "  bare    limit  10,000/s                    95 %    0",
      "",
    ].join("\n"),
  );
});

test("a verdict says what was found, wanted and at least needed", () => {
  const rest = { target: "GET", ratio: 0.5, min: 0.4, max: 0.62, goal: 0.45, floor: 0.38 };
  expect(
    writeVerdicts([
      { ...rest, wanted: "at least", verdict: "reached" },
      { ...rest, wanted: "at most", verdict: "not measured" },
    ]),
  ).toBe(
    "reached      GET: 0.5 (0.4–0.62), wanted at least 0.45, floor 0.38\nnot measured GET, wanted at most 0.45, floor 0.38\n",
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
