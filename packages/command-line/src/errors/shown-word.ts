import { withoutPassword } from "./without-password.ts";

/**
 * What a person typed, as a word of a sentence: without line breaks and other control characters, shortened, and in quotes
 * where it is empty or has blanks. It loads nothing, since every command line may need it.
 */
export function shownWord(text: string, maxLength = 100): string {
  const graphic = text.replaceAll(controls, symbol);
  const isLong = graphic.length > maxLength;
  const shown = isLong ? `${new RegExp(`^.{0,${maxLength - 1}}`, "su").exec(graphic)?.[0]}…` : graphic;
  return shown === "" || /\s/.test(shown) ? `"${shown}"` : shown;
}

/** As `shownWord`, of an argument: the URL of a store, which may have a password, is one wherever it was typed. */
export function shownArgument(text: string, maxLength?: number): string {
  return shownWord(withoutPassword(text), maxLength);
}

const controls = /\p{Cc}/gu;

function symbol(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "␡" : `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
