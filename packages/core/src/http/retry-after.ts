/** Seconds to wait, parsed from a `Retry-After` header in either of its forms. Source: RFC 9110 §10.2.3. */
export function parseRetryAfter(
  header: string | null | undefined,
  now: number = Date.now(),
): number | undefined {
  const value = header?.trim() ?? "";
  if (/^[0-9]+$/.test(value)) return Number(value);
  // Date.parse accepts nearly anything; every HTTP date in use ends in GMT.
  const date = value.endsWith("GMT") ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
