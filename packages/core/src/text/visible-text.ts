const invisible =
  // C0 with DEL, C1, the characters that change the direction or the joining of the text around them, and those that
  // are seen by nobody: soft hyphen, fillers, tags. The joiners of emoji and of Persian stay.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text from outside, safe to show: control and direction characters become symbols (`␛`, `⟨U+202E⟩`), so that
 * no name can move a cursor, hide a word or forge a line; what is longer than `most` UTF-16 units ends in `…`.
 */
export function visibleText(text: string, most: number = Number.POSITIVE_INFINITY): string {
  const short = text.length > most ? `${cut(text, most - 1)}…` : text;
  return short.replace(invisible, symbol);
}

/** Never between the halves of a surrogate pair. */
function cut(text: string, length: number): string {
  const isPair = (text.codePointAt(length - 1) ?? 0) > 0xffff;
  return text.slice(0, isPair ? length - 1 : length);
}

function symbol(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
