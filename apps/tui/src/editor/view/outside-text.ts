import { clearText } from "../../text/clear-text.ts";
import type { Glyphs } from "./glyphs.ts";
import { separateSigns } from "./joined-signs.ts";
import { graphemes, graphemeWidth } from "../../text/width.ts";

/** Longer texts are cut to this first: no screen is as wide. */
const maxLength = 1000;

/** A text from outside, safe to draw: no control reaches the terminal, nor a sign that it cannot show. */
export function outsideText(text: string, glyphs: Glyphs): string {
  const visible = clearText(text, maxLength);
  if (glyphs.joining !== undefined) return separateSigns(visible, glyphs.joining);
  // Our own signs in a sentence around it, which a screen reader says in words.
  const own: readonly string[] = [glyphs.to, glyphs.minus, glyphs.goesOn, glyphs.wrong, glyphs.differs];
  const isShown = (grapheme: string): boolean =>
    /^[\u0020-\u007e]+$/.test(grapheme) || own.includes(grapheme);
  return graphemes(visible)
    .map((grapheme) => (isShown(grapheme) ? grapheme : "?".repeat(graphemeWidth(grapheme))))
    .join("");
}
