/** How far the search for the end of a JSON value has come. It goes on when more text arrives. */
export interface ValueScan {
  /** How much of the text belongs to the value, as far as is known. */
  length: number;
  depth: number;
  isInString: boolean;
}

const stringMark = /["\\]/g;
const structureMark = /["{}[\]]/g;
const scalarEnd = /[,\]} \t\n\r]/g;

/** Starts the search for the end of a value, by its first character. */
export function startScan(first: string): ValueScan {
  return { length: 1, depth: first === "{" || first === "[" ? 1 : 0, isInString: first === '"' };
}

/**
 * Looks for the end of the value that begins at `start`, from where the scan stopped, so that no character is looked at
 * twice. Returns whether the text has the end. The content of the value is not checked.
 */
export function continueScan(scan: ValueScan, text: string, start: number): boolean {
  for (;;) {
    const isScalar = !scan.isInString && scan.depth === 0;
    const mark = scan.isInString ? stringMark : isScalar ? scalarEnd : structureMark;
    mark.lastIndex = start + scan.length;
    const found = mark.exec(text);
    if (found === null) {
      // After an escape at the end of the text the length already counts a character that is still to come.
      scan.length = Math.max(scan.length, text.length - start);
      return false;
    }
    scan.length = found.index - start;
    if (isScalar) return true;
    const [character] = found;
    scan.length += character === "\\" ? 2 : 1;
    if (character === '"') scan.isInString = !scan.isInString;
    else if (character !== "\\") scan.depth += character === "{" || character === "[" ? 1 : -1;
    if (!scan.isInString && scan.depth === 0) return true;
  }
}
