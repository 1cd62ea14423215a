/** Shorter values, such as `en` or `true`, are words of many texts. */
const shortest = 8;

/** More of a text is not kept, and more of all texts of an error: to look for secrets in a megabyte takes a second. */
const longest = 4000;
const most = 100_000;

/** Headers whose values are no secrets: a server may name them in what it says. */
const open = /^(?:accept|content-type|(?:.+-)?(?:request|correlation|trace)-id|traceparent|if-.*)$/;

/** The signs of a text as it is, as JSON and as a URL, however a server escapes them there. */
const readings: readonly RegExp[] = [
  /[^]/g,
  /\\u[\dA-Fa-f]{0,4}|\\?[^]/g,
  /%[0-7][\da-f]|%c[23]%[89ab][\da-f]|%[\da-f](?![\da-f])|[^]/gi,
];

/** What follows a value that was cut, or is at the end of another text. */
const atCut = /\W/y;

/** How many signs of a secret begin at each place of what a text says. */
type Finder = (said: string) => readonly number[];

/** `secretHider` for a single text. */
export function hideSecrets(text: string, headers: Iterable<readonly [name: string, value: string]>): string {
  return secretHider(headers)(text);
}

/**
 * Puts `…` in the place of what the texts of one error repeat of the headers of its request: of credentials each part of 8
 * characters or more, of any other header its value, or the beginning of that before a cut. Errors end up in logs. A text of
 * more than 4,000 characters is cut, and so is what is more than 100,000 characters of all.
 */
export function secretHider(
  headers: Iterable<readonly [name: string, value: string]>,
): (text: string) => string {
  let left = most;
  const finders = [...headers].flatMap(([name, value]): readonly Finder[] => {
    const isCredential = /(?:authorization|cookie)$/.test(name);
    const secret = withBlanks(isCredential ? value.replace(/^\w+ +/, "") : value);
    if (open.test(name) || secret.length < shortest) return [];
    return [(isCredential ? findParts : findBeginnings)(secret)];
  });
  return (text) => {
    if (text.length < shortest) return text;
    const kept = Math.min(longest, left);
    left -= Math.min(kept, text.length);
    const short = text.length > kept ? `${text.slice(0, kept)}…` : text;
    const shown = short.split("");
    for (const sign of readings) {
      const signs = short.match(sign) ?? [];
      // The end is a line of its own, which no header has.
      const said = withBlanks(`${signs.map(saysOf).join("")}\n`);
      for (const find of finders) {
        const lengths = find(said);
        let end = 0;
        let from = 0;
        signs.forEach((one, at) => {
          end = Math.max(end, at + (lengths[at] ?? 0));
          if (end > at) shown.fill("\0", from, from + one.length);
          from += one.length;
        });
      }
    }
    return shown.join("").replaceAll(/\0+/g, "…");
  };
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

function findParts(secret: string): Finder {
  let parts: ReadonlySet<string> | undefined;
  return (said) => {
    parts ??= new Set(partsOf(secret));
    return partsOf(said).map((part) => (parts?.has(part) === true ? shortest : 0));
  };
}

function partsOf(text: string): readonly string[] {
  return text.split("").map((_, at) => text.slice(at, at + shortest));
}

function findBeginnings(secret: string): Finder {
  return (said) => {
    const begins = secret.slice(0, said.length);
    const text = begins + said;
    // Of each place how many signs are those that the text begins with. No sign is looked at again for each place.
    const same = [0];
    let from = 0;
    for (let at = 1; at < text.length; at += 1) {
      const end = from + (same[from] ?? 0);
      let length = Math.max(0, Math.min(end - at, same[at - from] ?? 0));
      while (text[at + length] === text[length]) length += 1;
      same.push(length);
      if (at + length > end) from = at;
    }
    return same.slice(begins.length).map((found, at) => {
      const length = Math.min(found, secret.length);
      atCut.lastIndex = at + length;
      return length >= shortest && (length === secret.length || atCut.test(said)) ? length : 0;
    });
  };
}
