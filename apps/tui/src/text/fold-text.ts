const ascii = /^[\u0000-\u007f]*$/;

/** A text as it is compared: without case, as Unicode folds it (ß is ss), and whether accents are written apart or not. */
export function foldText(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  // Some capitals have two letters in upper case only once they are lower, as ẞ.
  const upper = text.normalize("NFC").toLowerCase().toUpperCase();
  return upper.toLowerCase().replaceAll("ς", "σ").normalize("NFC");
}

/**
 * The same, but where an expression without case takes a letter for its folded form, the letter stays: the beginning of a
 * word is seen by its capital.
 */
export function foldLetters(text: string): string {
  if (ascii.test(text)) return text;
  return text.normalize("NFC").replaceAll(beyondAscii, foldLetter).normalize("NFC");
}

/** With its marks, which some letters have within them in one case only. */
const beyondAscii = /[^\u0000-\u007f]\p{M}*|[\u0000-\u007f]\p{M}+/gu;

const known = new Map<string, string>();
/** Enough for every letter of a long list; a longer one starts again. */
const maxKnown = 5000;

function foldLetter(letter: string): string {
  const found = known.get(letter);
  if (found !== undefined) return found;
  const folded = foldText(letter);
  const kept = folded === letter || new RegExp(`^${folded}$`, "iu").test(letter) ? letter : folded;
  if (known.size >= maxKnown) known.clear();
  known.set(letter, kept);
  return kept;
}
