/** An integer as people read it, in groups of three: `2,080`. */
export function formatCount(count: number): string {
  // By hand, since `Intl` alone would cost a command a tenth of its time.
  return String(count)
    .replaceAll(/\B(?=(?:[0-9]{3})+$)/g, ",")
    .replace("-", "−");
}

/** A sentence with its whole numbers in groups of three. */
export function groupNumbers(sentence: string): string {
  return sentence.replaceAll(/(?<![\d.])\d{4,}(?![\d.]*\d)/g, (digits) => formatCount(Number(digits)));
}

/** A difference with its sign: `+3`, `−8`, `0`. */
export function formatDelta(difference: number): string {
  return difference > 0 ? `+${formatCount(difference)}` : formatCount(difference);
}
