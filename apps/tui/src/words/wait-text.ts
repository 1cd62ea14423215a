import { formatCount } from "./format-count.ts";

/** So many seconds in the unit that a person plans with, never less than they are: `45 s`, `60 min`, `3 days`. */
export function waitText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 2 * 3600) return `${Math.ceil(seconds / 60)} min`;
  if (seconds < 2 * 86_400) return `${Math.ceil(seconds / 3600)} h`;
  return `${formatCount(Math.ceil(seconds / 86_400))} days`;
}
