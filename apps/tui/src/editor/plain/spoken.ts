/** Signs of the editor's messages as words, for people who hear them. */
const signs: readonly (readonly [RegExp, string])[] = [
  [/ \(by \+([\d,]+)\)/g, ", by plus $1"],
  [/ \(by −([\d,]+)\)/g, ", by minus $1"],
  [/ \(\+([\d,]+)\)/g, ", plus $1"],
  [/ \(−([\d,]+)\)/g, ", minus $1"],
  [/ → /g, " to "],
  [/→ first/g, "Choose an app first"],
  [/ · /g, ", "],
  [/^[✗✓≠≈○◌●] /g, ""],
  [/−(?=\d)/g, "minus "],
  [/ ?…/g, "..."],
];

/** A message in words alone. */
export function spoken(text: string): string {
  return signs.reduce((told, [sign, word]) => told.replaceAll(sign, word), text.trim());
}
