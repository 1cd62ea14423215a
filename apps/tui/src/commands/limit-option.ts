/** Parses `--limit`. Throws `Error` for anything but a whole number. */
export function parseLimit(text: string): number {
  const limit = Number(text);
  if (/^[0-9]+$/.test(text) && Number.isSafeInteger(limit)) return limit;
  throw new Error("must be a whole number, 0 for all");
}
