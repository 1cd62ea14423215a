import { graphError } from "./graph-error.ts";

/**
 * The ETag of a version: weak, since representations of one version differ by what was selected. Throws `RangeError`
 * for what is no whole number.
 */
export function formatETag(version: number): string {
  if (!Number.isSafeInteger(version)) throw new RangeError(`A version is a whole number, not ${version}.`);
  return `W/"${version}"`;
}

/**
 * Whether a list of an `If-Match` or `If-None-Match` header holds an ETag, or is `*`. The comparison is weak
 * (RFC 9110 §8.8.3.2) and by text: a version number is never computed with. Throws `GraphError` 400 where the
 * header is malformed.
 */
export function matchesETag(header: string, etag: string): boolean {
  const tags = parseETags(header);
  if (tags === "*") return true;
  const current = parseETags(etag);
  return current !== "*" && current.some((tag) => tags.includes(tag));
}

/**
 * Reads a list of ETags: the texts between their quotes, or `*`. What is no list in RFC 9110's form is read again with
 * the quoting mistakes of shells and templates: `7`, `W/7`, `W/\"7\"`, `'W/"7"'`, `"W/"7""`, `W/%227%22`,
 * `W/&quot;7&quot;`. Throws `GraphError` 400 for anything else.
 */
export function parseETags(header: string): readonly string[] | "*" {
  const list = header.trim();
  if (list === "*") return "*";
  // First by the standard alone: `%22` may be a part of a tag, and only where it cannot be is it a mistake.
  const tags =
    readTags(list, [entityTag]) ??
    readTags(list.replaceAll(/\\"|%22|&quot;/g, '"'), [entityTag, singleQuoted, quotedTwice, unquoted]);
  if (tags === undefined || tags.length === 0) throw malformed();
  return tags;
}

function readTags(list: string, forms: readonly RegExp[]): readonly string[] | undefined {
  const tags: string[] = [];
  // Empty elements of a list count for nothing (RFC 9110 §5.6.1).
  let rest = list.replace(/^(?:,[ \t]*)+/, "");
  while (rest !== "") {
    const found = forms.map((form) => form.exec(rest)).find((match) => match !== null);
    if (found === undefined) return undefined;
    tags.push(found[1] ?? "");
    rest = rest.slice(found[0].length);
  }
  return tags;
}

const opaque = String.raw`([\x21\x23-\x7e\x80-\xff]*)`;
const end = String.raw`[ \t]*(?:(?:,[ \t]*)+|$)`;
const entityTag = new RegExp(String.raw`^(?:[Ww]/)?"${opaque}"${end}`);
const singleQuoted = new RegExp(String.raw`^'(?:[Ww]/)?"${opaque}"'${end}`);
const quotedTwice = new RegExp(String.raw`^"(?:[Ww]/)?"${opaque}""${end}`);
const unquoted = new RegExp(String.raw`^(?:[Ww]/)?([0-9]+)${end}`);

function malformed(): ReturnType<typeof graphError> {
  return graphError("BadRequest", "ETag header is malformed. ETags must be quoted strings.", {
    innerCode: "malformedEntityTag",
  });
}
