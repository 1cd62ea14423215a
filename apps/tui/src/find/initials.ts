/** Fewer letters than this match too much. */
const minLetters = 3;
/** More letters are not the beginnings of a name's words, and their expression takes seconds. */
const maxLetters = 40;
const wordStart = String.raw`(?<![\p{L}\p{M}\d])`;
/** From one letter to the next: right behind it, or at the start of a later word. */
const jump = `(?:|.*?${wordStart})`;

/**
 * An expression that finds a word in the beginnings of others, `vscode` in Visual Studio Code; its groups are the
 * letters. Undefined for anything but a single word of some letters.
 */
export function initialsExpression(text: string): RegExp | undefined {
  const letters = text.match(/[\p{L}\d]\p{M}*/gu) ?? [];
  const isWord = letters.join("") === text;
  if (!isWord || letters.length < minLetters || letters.length > maxLetters) return undefined;
  return new RegExp(wordStart + letters.map((letter) => `(${letter})`).join(jump), "iud");
}
