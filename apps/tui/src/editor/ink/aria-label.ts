/** The editor's signs in words, and lines and bars, whose numbers are said beside them, not at all. */
const words: readonly (readonly [RegExp, string])[] = [
  [/[─│┬┴▏█░▒▁▂▃▄▅▆▇]+/gu, " "],
  [/●/gu, "staged"],
  // The sign beside it is often a piece of its own.
  [/▸/gu, "here "],
  [/✗+/gu, "failed"],
  [/✓/gu, "done"],
  [/≠/gu, "differs"],
  [/≈/gu, "counted again"],
  [/○/gu, "not sent"],
  [/◌/gu, "waiting"],
  [/↑↓/gu, "Up Down"],
  [/←→/gu, "Left Right"],
  [/←/gu, "Left"],
  // At the beginning of a sentence it is a key.
  [/(?<=^|[.:] )↑(?= )/gu, "Up"],
  [/(?<=^|[.:] )↓(?= )/gu, "Down"],
  [/→ (?=[a-z])/gu, "Right "],
  [/→/gu, "to"],
  [/↓/gu, "descending"],
  [/↑/gu, "ascending"],
  [/⏎/gu, "Enter"],
  [/−/gu, "minus "],
  [/ [·,] /gu, ", "],
  [/(?:^| )·+(?= |$)/gu, " "],
  [/…/gu, "..."],
  [/ {2,}/gu, "  "],
];

/** What a screen reader says for a piece of a line. A piece without words is a blank, which Ink takes for a label. */
export function ariaLabel(text: string): string {
  const said = words.reduce((label, [sign, word]) => label.replaceAll(sign, word), text);
  return said.trim() === "" ? " " : said;
}
