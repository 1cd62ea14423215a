/**
 * Words of a text for the server to narrow by. Its search may have a syntax of its own, and its URLs an end, so only plain
 * words go there, shortened: what they find is judged here.
 */
export function searchWords(text: string): string {
  const words = text.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words
    .filter((word) => !/^(?:AND|OR|NOT)$/.test(word))
    .slice(0, 10)
    .map((word) => new RegExp(`^.{0,${maxWord}}`, "u").exec(word)?.[0] ?? "")
    .join(" ");
}

/** Ten of these, of characters that take nine bytes each in a URL, stay far below what a server takes. */
const maxWord = 40;

/** A text as it is compared: without case, and whether accents are written apart or not. */
export function textKey(text: string): string {
  return text.normalize("NFC").toLowerCase().trim();
}
