import type { FutureTarget, Metric, Row, Target } from "./measurement.ts";
import { lowestQuarter, median } from "./statistics.ts";

/** How far a target was reached. */
export interface Verdict {
  readonly target: string;
  readonly ratio: number;
  /** The lowest and the highest ratio of a single round. */
  readonly min: number;
  readonly max: number;
  readonly wanted: Target["wanted"];
  readonly goal: number;
  readonly floor: number;
  readonly verdict: "reached" | "below goal" | "below floor" | "not measured";
  /** The limit that has to do the same work, and the ratio that it reaches itself. */
  readonly bound?: { readonly limit: string; readonly ratio: number; readonly isBelowFloor: boolean };
}

/** A target that cannot be judged yet. */
export interface FutureVerdict extends FutureTarget {
  readonly verdict: "not built";
}

/**
 * Judges a target by the rounds of a run. Processor time is compared by each variant's cheapest quarter of the rounds,
 * anything else round by round, and then the ratio in the middle counts.
 */
export function judge(rows: readonly Row[], target: Target): Verdict {
  const { wanted, goal, floor } = target;
  const rest = { target: target.target, wanted, goal, floor };
  const compared = ratioOf(rows, target);
  if (compared === undefined) return { ...rest, ratio: 0, min: 0, max: 0, verdict: "not measured" };
  const reaches = (ratio: number, figure: number): boolean =>
    wanted === "at least" ? ratio >= figure : ratio <= figure;
  const { bound: limit } = target;
  const bound = limit === undefined ? undefined : ratioOf(rows, { ...target, ours: limit });
  const { ratio } = compared;
  return {
    ...rest,
    ...compared,
    verdict: reaches(ratio, goal) ? "reached" : reaches(ratio, floor) ? "below goal" : "below floor",
    ...(limit !== undefined &&
      bound !== undefined && {
        bound: { limit, ratio: bound.ratio, isBelowFloor: !reaches(bound.ratio, floor) },
      }),
  };
}

/** The verdict on a target whose code does not exist yet. */
export function postpone(target: FutureTarget): FutureVerdict {
  return { ...target, verdict: "not built" };
}

/** What `ratioOf` compares. */
export type CostRatio = Pick<Target, "case" | "metric" | "ours" | "over" | "wanted">;

/** The ratio of a comparison with its spread; undefined where a side was not measured. */
export function ratioOf(
  rows: readonly Row[],
  { case: name, metric, ours, over, wanted }: CostRatio,
): { readonly ratio: number; readonly min: number; readonly max: number } | undefined {
  const own = valuesOf(rows, name, ours, metric);
  const other: ReadonlyMap<number, number> =
    typeof over === "number"
      ? new Map([...own.keys()].map((round) => [round, over]))
      : valuesOf(rows, name, over, metric);
  const divide = (one: number, two: number): number => (wanted === "at least" ? two / one : one / two);
  const ratios = [...own].flatMap(([round, value]) => {
    const against = other.get(round);
    return against === undefined ? [] : [divide(value, against)];
  });
  const [quiet, quietOther] = [lowestQuarter([...own.values()]), lowestQuarter([...other.values()])];
  const middle = median(ratios);
  if (middle === undefined || quiet === undefined || quietOther === undefined) return undefined;
  const ratio = metric === "cpuUs" ? divide(quiet, quietOther) : middle;
  return { ratio, min: Math.min(...ratios), max: Math.max(...ratios) };
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
