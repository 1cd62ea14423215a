/** Shorter values, such as `en` or `true`, are words of many texts. */
const shortest = 8;

/** More of a text is not kept: to look for secrets in a megabyte takes a second. */
const longest = 4000;

/** Headers whose values are no secrets: a server may name them in what it says. */
const open = /^(?:accept|content-type|(?:.+-)?(?:request|correlation|trace)-id|traceparent|if-.*)$/;

/** The signs of a text as it is, as JSON and as a URL, however a server escapes them there. */
const readings: readonly RegExp[] = [
  /[^]/g,
  /\\u[\dA-Fa-f]{0,4}|\\?[^]/g,
  /%[0-7][\da-f]|%c[23]%[89ab][\da-f]|%[\da-f](?![\da-f])|[^]/gi,
];

/** What follows a value that was cut, perhaps in an escape, or is at the end of another text. */
const atCut = /^(?:%?[….]|["')>,;\s]|$)/;

/**
 * Puts `…` in the place of what a text repeats of the headers of its request: of credentials each part of 8 characters or
 * more, of any other header its value, or the beginning of that before a cut. Errors end up in logs. A text of more than
 * 4,000 characters is cut.
 */
export function hideSecrets(text: string, headers: Iterable<readonly [name: string, value: string]>): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const shown = short.split("");
  const read = readings.map((sign) => short.match(sign) ?? []);
  for (const [name, value] of headers) {
    const isCredential = /(?:authorization|cookie)$/.test(name);
    const lengthAt = isCredential ? partAt : beginningAt;
    const secret = withBlanks(isCredential ? value.replace(/^\w+ +/, "") : value);
    if (open.test(name) || secret.length < shortest) continue;
    for (const signs of read) {
      const said = withBlanks(signs.map(saysOf).join(""));
      let end = 0;
      let from = 0;
      for (const [at, one] of signs.entries()) {
        end = Math.max(end, at + lengthAt(said, at, secret));
        if (end > at) shown.fill("\0", from, from + one.length);
        from += one.length;
      }
    }
  }
  return shown.join("").replaceAll(/\0+/g, "…");
}

/** What a sign says; one that was cut says that. */
function saysOf(sign: string): string {
  if (sign.length === 1) return sign;
  if (sign.startsWith("%")) return sign.length < 3 ? "…" : decodeURIComponent(sign);
  if (!sign.startsWith("\\u")) return sign === "\\t" ? "\t" : sign.slice(1);
  return sign.length < 6 ? "…" : String.fromCharCode(Number.parseInt(sign.slice(2), 16));
}

/** A blank may be `+` in a URL. */
function withBlanks(text: string): string {
  return text.replaceAll("+", " ");
}

function partAt(text: string, at: number, secret: string): number {
  const part = text.slice(at, at + shortest);
  return part.length >= shortest && secret.includes(part) ? shortest : 0;
}

function beginningAt(text: string, at: number, secret: string): number {
  let length = 0;
  while (length < secret.length && text[at + length] === secret[length]) length += 1;
  const isWhole = length === secret.length || atCut.test(text.slice(at + length));
  return length >= shortest && isWhole ? length : 0;
}
