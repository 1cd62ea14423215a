import type { History } from "@tooling/crash";

/** The longest time, in milliseconds, in which no change was acknowledged after a moment. */
export function longestPause({ changes }: History, since: number): number {
  const moments = changes
    .filter(({ outcome, end }) => outcome === "acknowledged" && end > since)
    .map(({ end }) => end)
    .toSorted((a, b) => a - b);
  const pauses = moments.map((moment, place) => moment - (moments[place - 1] ?? since));
  return Math.max(0, ...pauses);
}
