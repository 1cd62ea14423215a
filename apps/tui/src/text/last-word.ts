/** A text without its last word and the blanks behind it. From behind: an expression tries each letter of a long word. */
export function withoutLastWord(text: string): string {
  let end = text.trimEnd().length;
  while (end > 0 && /\S/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
