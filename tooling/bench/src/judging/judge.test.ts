import { expect, test } from "vitest";
import { judge } from "./judge.ts";
import type { Row, Target } from "./measurement.ts";

const target: Target = {
  target: "ours over theirs",
  case: "a case",
  metric: "rate",
  ours: "ours",
  over: "theirs",
  wanted: "at least",
  goal: 0.5,
  floor: 0.4,
};

function row(variant: string, round: number, rate: number): Row {
  return { suite: "s", case: "a case", variant, role: "ours", round, rate, bad: 0 };
}

function rounds(...pairs: readonly (readonly [ours: number, theirs: number])[]): readonly Row[] {
  return pairs.flatMap(([ours, theirs], at) => [row("ours", at + 1, ours), row("theirs", at + 1, theirs)]);
}

test("a ratio is made within each round, and the middle one counts", () => {
  // The machine was ten times slower in the second round: the ratio does not care.
  expect(judge(rounds([60, 100], [5, 10], [90, 100]), target)).toEqual({
    target: "ours over theirs",
    ratio: 0.6,
    min: 0.5,
    max: 0.9,
    wanted: "at least",
    goal: 0.5,
    floor: 0.4,
    verdict: "reached",
  });
});

test.each([
  [50, "at least", "reached"],
  [45, "at least", "below goal"],
  [39, "at least", "below floor"],
  [39, "at most", "reached"],
  [45, "at most", "below goal"],
  [51, "at most", "below floor"],
] as const)("%s of 100, wanted %s, is %s", (rate, wanted, verdict) => {
  const [goal, floor] = wanted === "at least" ? [0.5, 0.4] : [0.4, 0.5];
  expect(judge(rounds([rate, 100]), { ...target, wanted, goal, floor })).toMatchObject({ verdict });
});

test("what was not measured is not judged", () => {
  expect(judge([row("ours", 1, 1)], target)).toMatchObject({ verdict: "not measured" });
});
