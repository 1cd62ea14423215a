import stringWidth from "string-width";

const plain = /^[\u0020-\u007e]*$/;
const segmenter = new Intl.Segmenter();
const known = new Map<string, number>();
/** Enough for every sign of a long list; a longer one starts again. */
const maxKnown = 5000;

/** How many cells a text takes. */
export function widthOf(text: string): number {
  return plain.test(text)
    ? text.length
    : graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/** The signs of a text as a person counts them. */
export function graphemes(text: string): readonly string[] {
  return plain.test(text) ? text.split("") : Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How many cells one sign takes. */
export function graphemeWidth(grapheme: string): number {
  const found = known.get(grapheme);
  if (found !== undefined) return found;
  if (known.size >= maxKnown) known.clear();
  const width = stringWidth(grapheme);
  known.set(grapheme, width);
  return width;
}
