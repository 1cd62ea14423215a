/** Signs of the editor's messages as words, for people who hear them. */
const signs: readonly (readonly [RegExp, string])[] = [
  [/ \(by \+([\d,]+)\)/g, ", by plus $1"],
  [/ \(by −([\d,]+)\)/g, ", by minus $1"],
  [/ \(\+([\d,]+)\)/g, ", plus $1"],
  [/ \(−([\d,]+)\)/g, ", minus $1"],
  [/\bby \+(?=\d)/g, "by plus "],
  [/ → /g, " to "],
  [/→ first/g, "Choose an app first"],
  [/ [·,] /g, ", "],
  [/^[✗✓≠≈○◌●] /g, ""],
  [/−(?=\d)/g, "minus "],
  [/ − /g, " minus "],
  [/ ?…/g, "..."],
];

/** What keys are told to do where a line does it otherwise. A token is not typed here, where it would be seen. */
const advice: readonly (readonly [RegExp, string])[] = [
  // What can be typed follows, and no cursor stands in a line.
  [/(apps\?) Type their number:.*$/g, "$1"],
  [/, or t takes one\./g, "."],
  [/t takes (?:a new token|another one)\./g, "quit, and set a new one there."],
  [/ t asks again\./g, ""],
  [/\by (sends|asks again)\b/g, "send $1"],
  [/\bn leaves (it|them)\b/g, "no leaves $1"],
  [/\bR reads (it|them all|them|these apps) again\b/g, "again reads $1"],
  [/\bR tries again\b/g, "again tries once more"],
  [/ {2}R now$/g, " again tries now."],
  [/ g goes to the top\./g, ""],
  [/\bx reverts a counter\./g, "revert failed reverts its failed devices."],
  [/Type a number on a counter first\./g, "Type a counter with a number first, such as failed 8."],
  [/\? shows the keys\./g, "help tells what can be typed."],
];

/** Keys that the editor's messages name, and what is typed here in their place. */
const lines: Readonly<Record<string, string>> = {
  s: "review",
  R: "again",
  u: "undo",
  U: "undo all",
  "Ctrl-R": "redo",
  c: "copy",
  D: "drop",
  f: "failures",
  h: "history",
  H: "history all",
  q: "quit",
  m: "mine",
  t: "theirs",
  Esc: "back",
  Space: "space",
  Enter: "enter",
};

/** A key that does something, where a sentence or a part of it begins: `R reads it again`, `then s shows it`, `R in the list tells`. */
const doing =
  /(?<=^|[.:;,] |\b(?:[Tt]hen|and|or|until|first:) )(s|R|u|U|Ctrl-R|c|D|f|h|H|q|m|t|Esc|Space|Enter) (?=(?:in the [a-z]+ )?[a-z]+s\b)/g;

/** A message in words alone, which names what is typed in plain mode in place of keys. */
export function spoken(text: string): string {
  const words = [...signs, ...advice].reduce(
    (told, [sign, word]) => told.replaceAll(sign, word),
    text.trim(),
  );
  return words.replaceAll(doing, (key) => `${lines[key.trim()] ?? key.trim()} `);
}
