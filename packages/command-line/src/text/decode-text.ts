/**
 * Decodes a text that a person hands over, as shells and editors write it: UTF-8, or UTF-16 with a byte-order mark, which
 * Windows PowerShell writes for `>`. The last character of a text that is cut may be left out. Throws `TypeError` for other
 * encodings.
 */
export function decodeText(bytes: Uint8Array, isCut = false): string {
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes, { stream: isCut });
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
