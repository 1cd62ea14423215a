/** A share as people read it: `0.3 %`, `12 %`, `0 %`, and `<0.1 %` where it is not nothing. */
export function shareText(part: number, total: number): string {
  if (total === 0 || part === 0) return "0 %";
  const percent = (part / total) * 100;
  if (percent < 0.1) return "<0.1 %";
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** The same in whole percent, for a column: `<1 %`, `8 %`. */
export function compactShare(part: number, total: number): string {
  if (total === 0 || part === 0) return "0 %";
  const percent = (part / total) * 100;
  return percent < 1 ? "<1 %" : `${Math.round(percent)} %`;
}
