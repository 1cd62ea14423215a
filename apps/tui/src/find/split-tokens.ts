/** One part of a filter's text: a word or a test. */
export interface Token {
  /** As it was typed. */
  readonly typed: string;
  /** Without the quotes and without the `-` in front. */
  readonly text: string;
  /** Whether apps that it fits are left out: it begins with `-`. */
  readonly isNegated: boolean;
  /** Whether it is as a whole in quotes, and so a text and no test. */
  readonly isQuoted: boolean;
}

/** Splits the text of a filter at blanks, but not inside quotes. A quote that is still open ends with the text. */
export function splitTokens(text: string): readonly Token[] {
  return [...text.matchAll(/(?:"[^"]*"?|[^\s"])+/g)].map(([typed]) => {
    // A dash before a digit may begin the number that somebody looks for.
    const isNegated = /^-["\p{L}]/u.test(typed);
    const rest = isNegated ? typed.slice(1) : typed;
    return { typed, text: rest.replaceAll('"', ""), isNegated, isQuoted: /^"[^"]*"?$/.test(rest) };
  });
}
