const minLength = 250;
const maxLength = 5000;

/** How many rows the first batch has. */
export const firstBatchLength: number = minLength;

/**
 * How many rows the next batch has, so that it takes about `wanted` milliseconds: meanwhile other requests wait. More rows
 * share a wait for the disk. It grows in steps, since one quick batch may have been one that changed nothing.
 */
export function nextBatchLength(length: number, milliseconds: number, wanted: number): number {
  const fitting = Math.floor((length * wanted) / Math.max(milliseconds, 0.1));
  return Math.max(minLength, Math.min(fitting, 2 * length, maxLength));
}
