/**
 * Whether a row above the header says how the file was written: `#TYPE …` of Windows PowerShell, whose type may have
 * commas, or `sep=,` for Excel.
 */
export function isPrelude(cells: readonly string[]): boolean {
  const [first = "", ...others] = cells.map((cell) => cell.trim());
  if (/^#TYPE /i.test(first)) return true;
  return /^sep=,?$/i.test(first) && others.every((cell) => cell === "");
}
