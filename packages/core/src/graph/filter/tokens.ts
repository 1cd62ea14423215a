/** A piece of a clause: a word such as a name or an operator, a text in quotes, a number or a time, a sign. */
export interface Token {
  readonly kind: "word" | "text" | "literal" | "(" | ")" | "," | "end" | "other";
  /** As it is written; of a text what its quotes hold. */
  readonly text: string;
  /** Where it begins, in UTF-16 units from 0. */
  readonly at: number;
}

// A sign in front belongs to a number. Names go on over dots, slashes and hyphens, so that a message can name the whole.
const pattern =
  /\s+|(?<text>'(?:[^']|'')*')|(?<word>[a-z_][a-z0-9_./@-]*)|(?<literal>[+-]?[0-9][0-9a-z_.:+-]*)|(?<sign>[(),])|(?<other>.)/gisu;

/** Splits a clause into tokens, of which the last is its end. Any text has some: what cannot be told is `other`. */
export function splitTokens(clause: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const { index: at, groups = {} } of clause.matchAll(pattern)) {
    const { text, word, literal, sign, other } = groups;
    if (text !== undefined) tokens.push({ kind: "text", text: text.slice(1, -1).replaceAll("''", "'"), at });
    if (word !== undefined) tokens.push({ kind: "word", text: word, at });
    if (literal !== undefined) tokens.push({ kind: "literal", text: literal, at });
    if (sign === "(" || sign === ")" || sign === ",") tokens.push({ kind: sign, text: sign, at });
    if (other !== undefined) tokens.push({ kind: "other", text: other, at });
  }
  return [...tokens, { kind: "end", text: "", at: clause.length }];
}
