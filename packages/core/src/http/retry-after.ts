/** Headers of gateways that tell in a 429 when the next request may come, in the order in which they are believed. */
export const limitHeaders: readonly string[] = [
  "ratelimit-reset",
  "x-ratelimit-retry-after",
  "x-ratelimit-reset",
  "x-rate-limit-reset",
];

/** Numbers from here on, the beginning of 2024, are Unix times and no waits. */
const firstUnixTime = 1_704_067_200;

/**
 * Seconds that a response asks to wait: its `Retry-After` or, for a 429 without one, a header of its gateway. With other
 * statuses these tell only of a limit that was not reached.
 */
export function readRetryAfter(
  status: number,
  header: (name: string) => string | null | undefined,
): number | undefined {
  const date = header("date");
  const told = header("retry-after");
  if (isThere(told) || status !== 429) return parseRetryAfter(told, date);
  const seconds = parseRetryAfter(limitHeaders.map(header).find(isThere), date);
  return seconds === undefined || seconds < firstUnixTime ? seconds : secondsUntil(seconds * 1000, date);
}

/**
 * Seconds to wait, parsed from a `Retry-After` header in either of its forms. A time is counted from the response's own `Date`,
 * since the clock of its server may be another one. Source: RFC 9110 §10.2.3.
 */
export function parseRetryAfter(
  header: string | null | undefined,
  date: string | null | undefined,
): number | undefined {
  const value = header?.trim() ?? "";
  if (/^[0-9]+$/.test(value)) return Number(value);
  const until = parseTime(value);
  return until === undefined ? undefined : secondsUntil(until, date);
}

function secondsUntil(until: number, date: string | null | undefined): number {
  return Math.max(0, Math.ceil((until - (parseTime(date) ?? Date.now())) / 1000));
}

function isThere(header: string | null | undefined): header is string {
  return header !== null && header !== undefined;
}

function parseTime(header: string | null | undefined): number | undefined {
  const value = header?.trim() ?? "";
  // Date.parse accepts nearly anything; every HTTP date in use ends in GMT.
  const time = value.endsWith("GMT") ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
