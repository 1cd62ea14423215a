// Control characters, lone surrogates, line and paragraph separators, then characters that change the direction or the
// joining of the text around them or that show nothing: soft hyphen, fillers, tags. Joiners of emoji and Persian stay.
const invisible =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const printable = /^[ -~]*$/;

/**
 * Makes text from outside safe to show. Control and direction characters become symbols (`␛`, `⟨U+202E⟩`), so that a name
 * cannot move the cursor, hide a word or forge a line. A text longer than `maxLength` UTF-16 units ends in `…`.
 */
export function visibleText(text: string, maxLength: number = Infinity): string {
  const short = text.length > maxLength ? `${cut(text, maxLength - 1)}…` : text;
  // Most texts are plain, and this check is the faster one.
  return printable.test(short) ? short : short.replace(invisible, symbol);
}

/** Cuts a text, but never between the halves of a surrogate pair. */
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
