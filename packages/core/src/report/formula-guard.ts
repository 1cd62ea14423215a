// What a spreadsheet takes for a formula, or blanks that it drops before one.
const formula = /^'*[=+\-@\t\r]/;
const guarded = /^'+[=+\-@\t\r]/;

/** The text with `'` before it where a spreadsheet would take it for a formula, or would take off a `'` that is its own. */
export function guardFormula(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The text without the `'` that `guardFormula` put before it. */
export function withoutGuard(text: string): string {
  return guarded.test(text) ? text.slice(1) : text;
}
