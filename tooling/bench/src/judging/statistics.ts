/** The value in the middle; of two middle ones their mean. Undefined without values. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half];
  const lower = sorted.length % 2 === 1 ? upper : sorted[half - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/**
 * The mean of the lowest quarter, at least of one value. Whatever else a machine does only adds to a processor's time, so
 * the cheapest rounds are the least disturbed. Undefined without values.
 */
export function lowestQuarter(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const lowest = values.toSorted((one, other) => one - other).slice(0, Math.ceil(values.length / 4));
  return lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
}
