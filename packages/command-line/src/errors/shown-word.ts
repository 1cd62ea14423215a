import { visibleText } from "@install-summary/core/text";

/**
 * What a person typed, as a word of a sentence: without control characters or line breaks, shortened, and in quotes where
 * it is empty or has blanks.
 */
export function shownWord(text: string, maxLength = 100): string {
  const shown = visibleText(text, maxLength);
  return shown === "" || /\s/.test(shown) ? `"${shown}"` : shown;
}
