import { visibleText } from "@install-summary/core/text";

/** Joiners that join nothing: at the end of a name a terminal would join what is drawn beside it. */
const loneJoiners = /[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;

/** A text from outside that is safe to draw beside others: as `visibleText`, and joiners at its end are shown too. */
export function clearText(text: string, maxLength?: number): string {
  return visibleText(text, maxLength).replaceAll(
    loneJoiners,
    (joiner) => `⟨U+${joiner.charCodeAt(0).toString(16).toUpperCase()}⟩`,
  );
}
