/** A position in a text as people count it: from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The position of the first character. */
export const startOfText: Position = { line: 1, column: 1 };

/** The position after a text that begins at `start`. */
export function positionAfter({ line, column }: Position, text: string): Position {
  const [first = "", ...others] = text.split("\n");
  const last = others.at(-1);
  return last === undefined
    ? { line, column: column + first.length }
    : { line: line + others.length, column: last.length + 1 };
}

/** Formats a position for a sentence, such as `line 3, column 14`. */
export function formatPosition({ line, column }: Position): string {
  return `line ${line}, column ${column}`;
}

/** How many line feeds a text has. */
export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
