/** A place in a file as people count it: from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where a file begins. */
export const startOfFile: Place = { line: 1, column: 1 };

/** The place behind a text that begins at another. */
export function placeAfter({ line, column }: Place, text: string): Place {
  const lines = countLines(text);
  const lastLine = text.length - (text.lastIndexOf("\n") + 1);
  return { line: line + lines, column: lines === 0 ? column + lastLine : lastLine + 1 };
}

/** A place in words. */
export function placeText({ line, column }: Place): string {
  return `line ${line}, column ${column}`;
}

/** How many lines end in a text. */
export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
