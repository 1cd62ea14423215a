import type { CounterName, InstallSummary } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";

/** How far back a trend goes. */
export const trendDays = 30;

/** What is known of an app's numbers over the last days. */
export interface Trend {
  /** The changes of the app, the latest first, without a gap from the latest one on. */
  readonly changes: readonly ListedChange[];
  /** The moment in milliseconds from which on every change is in `changes`. */
  readonly knownSince: number;
}

/** A point of a trend: a number, or that nothing is known of that time. */
export type TrendPoint = number | undefined;

/**
 * The values that a counter had at the ends of equal parts of the last days, oldest first; the last one is the current
 * value. A part has no value where the app was not there yet, and before what the log still holds.
 */
export function trendOf(
  { changes, knownSince }: Trend,
  current: InstallSummary,
  counter: CounterName,
  now: number,
  parts: number,
): readonly TrendPoint[] {
  const length = (trendDays * 24 * 60 * 60 * 1000) / parts;
  const points: TrendPoint[] = [];
  let value: TrendPoint = current[counter];
  let next = 0;
  for (let part = 0; part < parts; part += 1) {
    // The last part has the current value, also where the server's clock is ahead of this one.
    const end = part === 0 ? Number.POSITIVE_INFINITY : now - part * length;
    // From the newest on: what was changed after the end of this part is taken away from its value.
    for (; next < changes.length; next += 1) {
      const change = changes[next];
      if (change === undefined || Date.parse(change.changedAt) <= end) break;
      if (isCreation(change)) value = undefined;
      else if (change.after[counter] !== undefined) value = change.before[counter];
    }
    points.unshift(end < knownSince ? undefined : value);
  }
  return points;
}

/** The change with which an app began: it has no values before it. */
function isCreation({ before, after }: ListedChange): boolean {
  return Object.keys(before).length === 0 && Object.keys(after).length > 0;
}
