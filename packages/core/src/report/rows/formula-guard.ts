// A cell begins at the start of the text. For a spreadsheet that separates by semicolons or tabs it also begins after
// one of those, and a line does so for all. Then comes a sign that starts a formula, in full width too, or a blank that
// the spreadsheet drops before one.
const begin = String.raw`(?<=^|[;\t\r\n])`;
const formula = String.raw`(?=['"\p{Zs}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|['"]*[\t\r])`;
const lineFeed = String.raw`(?=['"]*\n)`;
const unguarded = new RegExp(`${begin}${formula}|^${lineFeed}`, "gu");
const guarded = new RegExp(`${begin}'${formula}|^'${lineFeed}`, "gu");

/**
 * Puts `'` before everything that a spreadsheet would take for a formula, whether it separates by commas, semicolons or
 * tabs. A `'` of the text's own that the spreadsheet would drop is guarded too.
 */
export function guardFormula(text: string): string {
  return text.replaceAll(unguarded, "'");
}

/** Removes what `guardFormula` has put into a text. */
export function removeGuard(text: string): string {
  return text.replaceAll(guarded, "");
}
