import { expect, test } from "vitest";
import { judge, postpone } from "./judge.ts";
import type { Row, Target } from "./measurement.ts";

const target: Target = {
  target: "ours over theirs",
  case: "a case",
  metric: "p99Us",
  ours: "ours",
  over: "theirs",
  wanted: "at most",
  goal: 2,
  floor: 3,
};

function row(variant: string, round: number, cost: number): Row {
  return {
    suite: "s",
    case: "a case",
    variant,
    role: "ours",
    round,
    p99Us: cost,
    cpuUs: cost,
    bad: 0,
  };
}

function rounds(...pairs: readonly (readonly [ours: number, theirs: number])[]): readonly Row[] {
  return pairs.flatMap(([ours, theirs], at) => [row("ours", at + 1, ours), row("theirs", at + 1, theirs)]);
}

test("a latency is compared within each round, and the ratio in the middle counts", () => {
  // The machine was ten times slower in the second round; the ratio stays the same.
  expect(judge(rounds([15, 10], [160, 100], [90, 10]), target)).toEqual({
    target: "ours over theirs",
    ratio: 1.6,
    min: 1.5,
    max: 9,
    wanted: "at most",
    goal: 2,
    floor: 3,
    verdict: "reached",
  });
});

test("processor time is compared by the cheapest quarter of the rounds of each", () => {
  const measured = rounds([20, 90], [90, 10], [91, 91], [92, 92]);
  expect(judge(measured, { ...target, metric: "cpuUs" })).toMatchObject({ ratio: 2, verdict: "reached" });
});

test("a share says how much of the other's work is done at the same cost", () => {
  const share = { ...target, wanted: "at least", goal: 0.4, floor: 0.3 } as const;
  expect(judge(rounds([50, 20]), share)).toMatchObject({ ratio: 0.4, verdict: "reached" });
});

test("a fixed figure can take the place of another variant", () => {
  expect(judge([row("ours", 1, 250)], { ...target, over: 100 })).toMatchObject({
    ratio: 2.5,
    verdict: "below goal",
  });
});

test.each([
  [50, "at least", "reached"],
  [45, "at least", "below goal"],
  [39, "at least", "below floor"],
  [39, "at most", "reached"],
  [45, "at most", "below goal"],
  [51, "at most", "below floor"],
] as const)("%s of 100, wanted %s, is %s", (figure, wanted, verdict) => {
  const [goal, floor] = wanted === "at least" ? [0.5, 0.4] : [0.4, 0.5];
  const measured = wanted === "at least" ? rounds([100, figure]) : rounds([figure, 100]);
  expect(judge(measured, { ...target, wanted, goal, floor })).toMatchObject({ verdict });
});

test("a target is not judged when one side was not measured", () => {
  expect(judge([row("ours", 1, 1)], target)).toMatchObject({ verdict: "not measured" });
});

test.each([
  [30, false],
  [26, true],
])(
  "a limit that has to do the same work is told beside the verdict, also at %s of 100",
  (figure, isBelowFloor) => {
    const share = { ...target, wanted: "at least", goal: 0.33, floor: 0.27, bound: "bare" } as const;
    const measured = [...rounds([100, 25]), row("bare", 1, 2500 / figure)];
    expect(judge(measured, share)).toMatchObject({
      verdict: "below floor",
      bound: { limit: "bare", ratio: expect.closeTo(figure / 100), isBelowFloor },
    });
  },
);

test("a target whose code does not exist says what it waits for", () => {
  expect(postpone({ target: "PostgreSQL", needs: "a store for it" })).toEqual({
    target: "PostgreSQL",
    needs: "a store for it",
    verdict: "not built",
  });
});
