/** Splits a text at each separator that stands outside of double quotes, and trims the parts. */
export function splitOutsideQuotes(text: string, separator: "," | ";"): readonly string[] {
  if (!text.includes('"')) return text.split(separator).map((part) => part.trim());
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) {
      parts.push(part.trim());
      part = "";
    } else {
      part += character;
      // A quoted pair: what follows the backslash is no quote that ends the text.
      if (quoted && character === "\\" && at + 1 < text.length) part += text.charAt((at += 1));
    }
  }
  parts.push(part.trim());
  return parts;
}
