/** How wide texts are in the columns of a terminal. */
export interface Widths {
  readonly widthOf: (text: string) => number;
  /** The signs of a text as a person counts them. */
  readonly graphemes: (text: string) => readonly string[];
}

const plain = /^[\u0020-\u007e]*$/;

/**
 * Loads what the widths of these texts need. Printable ASCII needs nothing; the tables for all other signs cost a command
 * a fifth of its time.
 */
export async function loadWidths(texts: readonly string[]): Promise<Widths> {
  return texts.every((text) => plain.test(text)) ? plainWidths : import("./width.ts");
}

const plainWidths: Widths = {
  widthOf: (text) => text.length,
  graphemes: (text) => text.split(""),
};
