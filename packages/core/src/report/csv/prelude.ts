/**
 * Whether a line above the header says how the file was written: `#TYPE …` of Windows PowerShell, or `sep=;` for Excel, which
 * a program may have split at that sign and filled up with blank cells.
 */
export function isPrelude(line: string): boolean {
  return /^\s*"?(?:#TYPE |sep=[,;|\t"\s]*$)/i.test(line);
}
