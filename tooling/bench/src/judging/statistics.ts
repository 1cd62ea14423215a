/** The value in the middle; of two middle ones their mean. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half];
  const lower = sorted.length % 2 === 1 ? upper : sorted[half - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
