import type { Metric, Row, Target } from "./measurement.ts";
import { median } from "./statistics.ts";

/** What became of a target. */
export interface Verdict {
  readonly target: string;
  /** The median of the rounds, each against its own round. */
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
  readonly wanted: Target["wanted"];
  readonly goal: number;
  readonly floor: number;
  readonly verdict: "reached" | "below goal" | "below floor" | "not measured";
}

/** Judges a target by the rounds of a run. */
export function judge(rows: readonly Row[], target: Target): Verdict {
  const { wanted, goal, floor } = target;
  const ratios = ratiosOf(rows, target);
  const ratio = median(ratios);
  const rest = { target: target.target, wanted, goal, floor };
  if (ratio === undefined) return { ...rest, ratio: 0, min: 0, max: 0, verdict: "not measured" };
  const reaches = (figure: number): boolean => (wanted === "at least" ? ratio >= figure : ratio <= figure);
  const verdict = reaches(goal) ? "reached" : reaches(floor) ? "below goal" : "below floor";
  return { ...rest, ratio, min: Math.min(...ratios), max: Math.max(...ratios), verdict };
}

/** Ours over the other, round by round. */
export function ratiosOf(
  rows: readonly Row[],
  { case: name, metric, ours, over }: Pick<Target, "case" | "metric" | "ours" | "over">,
): readonly number[] {
  const values = (variant: string): ReadonlyMap<number, number> => valuesOf(rows, name, variant, metric);
  const others = values(over);
  return [...values(ours)].flatMap(([round, value]) => {
    const other = others.get(round);
    return other === undefined ? [] : [value / other];
  });
}

function valuesOf(
  rows: readonly Row[],
  name: string,
  variant: string,
  metric: Metric,
): ReadonlyMap<number, number> {
  const found = rows.filter((row) => row.case === name && row.variant === variant);
  return new Map(
    found.flatMap((row) => (row[metric] === undefined ? [] : [[row.round, row[metric]] as const])),
  );
}
