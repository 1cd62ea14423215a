import { graphError } from "./graph-error.ts";

/** The ETag of a version: weak, since representations of one version differ by what was selected. */
export function formatETag(version: number): string {
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
 * Reads a list of ETags: the texts between their quotes, or `*`. Beside RFC 9110's form it understands the
 * quoting mistakes of shells and templates: `7`, `W/7`, `W/\"7\"`, `'W/"7"'`, `"W/"7""`, `W/%227%22`,
 * `W/&quot;7&quot;`. Throws `GraphError` 400 for anything else.
 */
export function parseETags(header: string): readonly string[] | "*" {
  const list = header.trim();
  if (list === "*") return "*";
  const tags: string[] = [];
  let rest = list.replaceAll(/\\"|%22|&quot;/g, '"');
  while (rest !== "") {
    const found = entityTag.exec(rest) ?? quotedTwice.exec(rest) ?? unquoted.exec(rest);
    if (found === null) throw malformed();
    tags.push(found[1] ?? "");
    rest = rest.slice(found[0].length);
  }
  if (tags.length === 0) throw malformed();
  return tags;
}

const end = String.raw`[ \t]*(?:(?:,[ \t]*)+|$)`;
const entityTag = new RegExp(String.raw`^'?(?:[Ww]/)?"([\x21\x23-\x7e\x80-\xff]*)"'?${end}`);
const quotedTwice = new RegExp(String.raw`^"(?:[Ww]/)?"([\x21\x23-\x7e\x80-\xff]*)""${end}`);
const unquoted = new RegExp(String.raw`^(?:[Ww]/)?([0-9]+)${end}`);

function malformed(): ReturnType<typeof graphError> {
  return graphError("BadRequest", "ETag header is malformed. ETags must be quoted strings.", {
    innerCode: "malformedEntityTag",
  });
}
