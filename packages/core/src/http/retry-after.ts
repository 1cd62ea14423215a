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
  return until === undefined
    ? undefined
    : Math.max(0, Math.ceil((until - (parseTime(date) ?? Date.now())) / 1000));
}

function parseTime(header: string | null | undefined): number | undefined {
  const value = header?.trim() ?? "";
  // Date.parse accepts nearly anything; every HTTP date in use ends in GMT.
  const time = value.endsWith("GMT") ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
