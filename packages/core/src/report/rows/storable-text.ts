/** Whether a text can be stored: UTF-8 cannot encode a lone surrogate, and some databases cannot keep NUL. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\u0000");
}

/** What is wrong with a text that cannot be stored. */
export const unstorableText = "contains an invalid character (NUL or unpaired surrogate)";
