/** How far the end of a JSON value has been looked for. */
export interface JsonScan {
  /** How much of the text belongs to the value, so far as is known. */
  length: number;
  depth: number;
  isInText: boolean;
}

const endOfText = /["\\]/g;
const structure = /["{}[\]]/g;
const endOfScalar = /[,\]} \t\n\r]/g;

/** Begins to look for the end of a value, by its first character. */
export function startScan(first: string): JsonScan {
  return { length: 1, depth: first === "{" || first === "[" ? 1 : 0, isInText: first === '"' };
}

/**
 * Looks for the end of the value that begins at `at`, from where the scan stopped before, so that nothing is looked at
 * twice. Returns whether the text holds the end. What stands inside the value is not judged.
 */
export function continueScan(scan: JsonScan, text: string, at: number): boolean {
  for (;;) {
    const isScalar = !scan.isInText && scan.depth === 0;
    const mark = scan.isInText ? endOfText : isScalar ? endOfScalar : structure;
    mark.lastIndex = at + scan.length;
    const found = mark.exec(text);
    if (found === null) {
      // An escape at the end of the text has taken a character that is still to come.
      scan.length = Math.max(scan.length, text.length - at);
      return false;
    }
    scan.length = found.index - at;
    if (isScalar) return true;
    const [character] = found;
    scan.length += character === "\\" ? 2 : 1;
    if (character === '"') scan.isInText = !scan.isInText;
    else if (character !== "\\") scan.depth += character === "{" || character === "[" ? 1 : -1;
    if (!scan.isInText && scan.depth === 0) return true;
  }
}
