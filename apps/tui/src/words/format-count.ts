const grouped = new Intl.NumberFormat("en-US");

/** A count as people read it, in groups of three: `2,080`. */
export function formatCount(count: number): string {
  return grouped.format(count).replace("-", "−");
}

/** A difference with its sign: `+3`, `−8`, `0`. */
export function formatDelta(difference: number): string {
  return difference > 0 ? `+${formatCount(difference)}` : formatCount(difference);
}
