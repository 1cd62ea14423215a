/** Whether a text can be kept: databases and UTF-8 have no place for a lone surrogate, some databases none for NUL. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\u0000");
}
