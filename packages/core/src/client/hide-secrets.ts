/** Shorter values, such as `en` or `true`, are words of many texts. */
const shortest = 8;

/** Headers whose values are no secrets: a server may name them in what it says. */
const open =
  /^(?:accept|content-type|(?:.+-)?(?:request|correlation|trace)-id|traceparent|install-summary-origin|if-.*)$/;

/**
 * How a text may be read: as it is, as a JSON text, and as a URL, where it has what these begin an escape with. Each has its
 * signs, however a server escapes them there, and what each sign says. One that was cut says that.
 */
const readings: readonly (readonly [escape: string, sign: RegExp, says: (sign: string) => string])[] = [
  ["", /[^]/g, (sign) => sign],
  ["\\", /\\u[\da-f]{0,4}|\\[^]?|[^]/gi, saysInJson],
  ["%", /%[0-7][\da-f]|%c[23]%[89ab][\da-f]|%[\da-f]?(?![\da-f])|[^]/gi, saysInUrl],
];

/**
 * Puts `…` in the place of what a text repeats of the headers of its request: of credentials each part of 8 characters or
 * more, of any other header its value, or the beginning of that before a cut. Errors end up in logs.
 */
export function hideSecrets(text: string, headers: Iterable<readonly [name: string, value: string]>): string {
  let shown = text;
  for (const [name, value] of headers) {
    if (open.test(name) || value.length < shortest) continue;
    const isCredential = /(?:authorization|cookie)$/.test(name);
    const secret = isCredential ? value.replace(/^\w+ +/, "") : value;
    for (const [escape, sign, says] of readings) {
      if (!shown.includes(escape)) continue;
      const signs = shown.match(sign) ?? [];
      const said = withBlanks(signs.map(says).join(""));
      const hidden = isCredential ? partsIn(said, withBlanks(secret)) : valuesIn(said, withBlanks(secret));
      if (hidden.size > 0)
        shown = signs.map((one, at) => (!hidden.has(at) ? one : hidden.has(at - 1) ? "" : "…")).join("");
    }
  }
  return shown;
}

function saysInJson(sign: string): string {
  if (sign.startsWith("\\u"))
    return sign.length < 6 ? "…" : String.fromCharCode(Number.parseInt(sign.slice(2), 16));
  return sign === "\\t" ? "\t" : sign.startsWith("\\") ? (sign[1] ?? "…") : sign;
}

function saysInUrl(sign: string): string {
  return sign.startsWith("%") ? (sign.length < 3 ? "…" : decodeURIComponent(sign)) : sign;
}

/** A blank may be `+` in a URL. */
function withBlanks(text: string): string {
  return text.replaceAll("+", " ");
}

/** Where a text has a part of a secret. */
function partsIn(text: string, secret: string): ReadonlySet<number> {
  const found = new Set<number>();
  // A set of all parts is dear to make for a short text, such as an id, and cheap for a long one.
  const parts =
    text.length < secret.length
      ? undefined
      : new Set(Array.from(secret, (_, at) => secret.slice(at, at + shortest)));
  for (let at = 0; at + shortest <= text.length; at += 1) {
    const part = text.slice(at, at + shortest);
    if (parts?.has(part) ?? secret.includes(part)) addRange(found, at, shortest);
  }
  return found;
}

/** Where a text has a value, or its beginning before a cut, which may be in the quotes of another text. */
function valuesIn(text: string, value: string): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length))
    addRange(found, at, value.length);
  for (const { index } of text.matchAll(/(?=…|\.{3}|\W{0,8}$)/g)) {
    let length = Math.min(index, value.length);
    while (length >= shortest && !text.endsWith(value.slice(0, length), index)) length -= 1;
    if (length >= shortest) addRange(found, index - length, length);
  }
  return found;
}

function addRange(found: Set<number>, from: number, length: number): void {
  for (let at = from; at < from + length; at += 1) found.add(at);
}
