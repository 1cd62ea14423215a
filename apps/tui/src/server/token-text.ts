/**
 * The token of a text that may begin with `Bearer`; undefined where it is anything but one token, such as JSON. Source: RFC
 * 6750, section 2.1.
 */
export function parseTokenText(text: string): string | undefined {
  const token = text.trim().replace(/^Bearer\s+/i, "");
  return /^[\w.~+/-]+=*$/.test(token) ? token : undefined;
}
