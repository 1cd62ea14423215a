import { foldText } from "../text/fold-text.ts";

/**
 * Words of a text for the server to narrow by. Its search may have a syntax of its own, and its URLs an end, so only plain
 * words go there, shortened: what they find is judged here.
 */
export function searchWords(text: string): string {
  const words = text.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words
    .filter((word) => !/^(?:AND|OR|NOT)$/.test(word))
    .flatMap(sureParts)
    .slice(0, 10)
    .map((word) => new RegExp(`^.{0,${maxWord}}`, "u").exec(word)?.[0] ?? "")
    .join(" ");
}

/** Ten of these, of characters that take nine bytes each in a URL, stay far below what a server takes. */
const maxWord = 40;

/** The letters of ss, st, ff, fi and fl, each of which a single letter may be folded to: ß, and those that print joins. */
const joined = /s(?=[st])|(?<=s)[st]|f(?=[fil])|(?<=f)[fil]/gi;

/** The parts of a word that a server, which compares in lower case and folds no more, finds in every name that has the word. */
function sureParts(word: string): readonly string[] {
  const sure = word.replaceAll(/\P{M}\p{M}*/gu, (letter) => (isSure(letter) ? letter : " "));
  const parts = sure.replaceAll(joined, " ").split(" ");
  // A single letter narrows by nothing.
  return parts.filter((part) => part === word || part.length > 1);
}

function isSure(letter: string): boolean {
  const folded = foldText(letter);
  const isAlike = (other: string): boolean => other.normalize("NFC").toLowerCase() === folded;
  // The last σ of a word is another one in lower case.
  return !folded.includes("σ") && isAlike(letter) && isAlike(letter.toUpperCase());
}
