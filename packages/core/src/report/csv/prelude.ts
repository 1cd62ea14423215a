/**
 * Whether a row above the header says how the file was written: `#TYPE …` of Windows PowerShell, whose type may have
 * commas, or `sep=;` for Excel, whose sign the row itself may be split at.
 */
export function isPrelude(cells: readonly string[]): boolean {
  const [first = "", ...others] = cells.map((cell) => cell.trim());
  if (/^#TYPE /i.test(first)) return true;
  return /^sep=[,;|]?$/i.test(first) && others.every((cell) => cell === "");
}

/** The same of a line that is not split yet. */
export function isPreludeLine(line: string): boolean {
  return /^\s*"?(?:#TYPE |sep=.?"?\s*$)/i.test(line);
}
