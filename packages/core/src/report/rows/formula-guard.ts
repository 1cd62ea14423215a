// A cell begins where the text does, and for a spreadsheet that separates by semicolons or tabs also within it; so does
// a line. Then comes what a spreadsheet takes for a formula, in full width too, or a blank that it drops before one.
const begin = String.raw`(?<=^|[;\t\r\n])`;
const formula = String.raw`(?=['"\p{Zs}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|['"]*[\t\r])`;
const lineFeed = String.raw`(?=['"]*\n)`;
const unguarded = new RegExp(`${begin}${formula}|^${lineFeed}`, "gu");
const guarded = new RegExp(`${begin}'${formula}|^'${lineFeed}`, "gu");

/**
 * The text with `'` before whatever a spreadsheet would take for a formula, be its list separator the comma, the
 * semicolon or the tab, and where it would take off a `'` that is the text's own.
 */
export function guardFormula(text: string): string {
  return text.replaceAll(unguarded, "'");
}

/** The text without what `guardFormula` put into it. */
export function withoutGuard(text: string): string {
  return text.replaceAll(guarded, "");
}
