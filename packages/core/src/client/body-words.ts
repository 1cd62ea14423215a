import { visibleText } from "../text/visible-text.ts";

const maxLength = 200;

/**
 * The first words of a body on one line, without the tags, scripts, styles and comments of HTML: a proxy's error page, or a
 * sign-in page. Each character is looked at a fixed number of times, since a body may have a million of them.
 */
export function bodyWords(body: string): string {
  let words = "";
  for (let at = 0; at < body.length && words.length <= maxLength;) {
    const tag = indexOf(body, /<[a-z/!?]/gi, at);
    const text = body.slice(at, tag).replaceAll(/\s+/g, " ").trim();
    words = `${words} ${text}`.trim();
    at = endOfTag(body, tag);
  }
  return visibleText(words, maxLength);
}

/** Elements whose content is not shown as text. */
const hidden: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/<!--/y, /-->/g],
  [/<script\b/iy, /<\/script\s*>/gi],
  [/<style\b/iy, /<\/style\s*>/gi],
];

/** Where a tag ends, with what it hides; at the end of the body for one that is not closed, as in a body that was cut. */
function endOfTag(body: string, tag: number): number {
  const isHere = (begin: RegExp): boolean => indexOf(body, begin, tag) === tag;
  const [, end = />/g] = hidden.find(([begin]) => isHere(begin)) ?? [];
  end.lastIndex = tag;
  return end.exec(body) === null ? body.length : end.lastIndex;
}

/** Where a pattern matches next; the length of the body where it does not. */
function indexOf(body: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(body)?.index ?? body.length;
}
