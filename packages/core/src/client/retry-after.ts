/** Seconds to wait, from a `Retry-After` header in either of its forms. Source: RFC 9110 §10.2.3. */
export function readRetryAfter(headers: Headers, now: number = Date.now()): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^[0-9]+$/.test(value)) return Number(value);
  // Date.parse takes nearly anything for a date; every HTTP date that is still sent ends so.
  const date = value.endsWith("GMT") ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
