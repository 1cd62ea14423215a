// A cell begins where the text does, and for a spreadsheet that separates by semicolons also within it; so does a line.
// Then comes what a spreadsheet takes for a formula, or a blank that it drops before one.
const formula = /(?<=^|[;\r\n])(?=['"]*[=+\-@\t\r])|^(?=['"]*\n)/g;
const guard = /(?<=^|[;\r\n])'(?=['"]*[=+\-@\t\r])|^'(?=['"]*\n)/g;

/**
 * The text with `'` before whatever a spreadsheet would take for a formula, be its list separator the comma or the
 * semicolon, and where it would take off a `'` that is the text's own.
 */
export function guardFormula(text: string): string {
  return text.replaceAll(formula, "'");
}

/** The text without what `guardFormula` put into it. */
export function withoutGuard(text: string): string {
  return text.replaceAll(guard, "");
}
