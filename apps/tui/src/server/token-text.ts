/** The token of a text that may begin with `Bearer`; undefined where it is anything but one line without spaces. */
export function parseToken(text: string): string | undefined {
  const token = text.trim().replace(/^Bearer\s+/i, "");
  return /^[\u0021-\u007e]+$/.test(token) ? token : undefined;
}
