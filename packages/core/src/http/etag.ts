import { graphError, type GraphError } from "./graph-error.ts";

/**
 * The ETag of a version. It is weak, because representations of one version differ by what was selected. Throws
 * `RangeError` for a version that is not a whole number from 0.
 */
export function formatETag(version: number): string {
  if (!Number.isSafeInteger(version) || version < 0)
    throw new RangeError(`A version is a whole number from 0, not ${String(version)}.`);
  return `W/"${version}"`;
}

/**
 * The version in an ETag that `formatETag` made, to show it or to sort by it. Undefined for no ETag and for one in
 * another form: those of other servers are opaque.
 */
export function parseETagVersion(etag: string | undefined): number | undefined {
  const version = Number(/^(?:W\/)?"(0|[1-9][0-9]*)"$/.exec(etag ?? "")?.[1]);
  return Number.isSafeInteger(version) ? version : undefined;
}

/**
 * Whether the value of an `If-Match` or `If-None-Match` header lists the current ETag, or is `*`. The comparison is
 * weak (RFC 9110 §8.8.3.2) and by text: versions are never compared as numbers. A mark that a proxy adds to an ETag for
 * a content coding (`"7-gzip"`) is left out of it. Throws `GraphError` 400 for a malformed header.
 */
export function matchesETag(header: string, etag: string): boolean {
  const tags = parseETags(header);
  if (tags === "*") return true;
  const current = parseList(etag);
  // One resource has one ETag: a list, as a faulty server may send it, matches nothing.
  if (current === "*" || current.length !== 1) return false;
  return current.every((one) => tags.some((tag) => tag === one || withoutMark(tag) === one));
}

/** What Apache, nginx and other proxies put behind an ETag when they compress a response, in front of its last quote. */
const codingMark = /(?:--?|;)(?:gzip|br|zstd|deflate)(?="?$)/;

/** An ETag, or the text between its quotes, without the mark of a proxy: the version that its server knows. */
export function withoutMark(etag: string): string {
  return etag.replace(codingMark, "");
}

/**
 * Parses a list of ETags into the texts between their quotes, or `*`. A list that RFC 9110 does not allow is parsed
 * again with the quoting mistakes of shells, templates and proxies: `7`, `W/7`, `W/\"7\"`, `'W/"7"'`, `"W/"7""`,
 * `W/%227%22`, `W/&quot;7&quot;`, `W/"7"-gzip`. Throws `GraphError` 400 for anything else.
 */
export function parseETags(header: string): readonly string[] | "*" {
  const tags = parseList(header);
  if (tags !== "*" && tags.includes("*")) throw malformed("Write * without quotes.");
  return tags;
}

/**
 * A host's ETag where it guards a change: it names one version, without the mark of a proxy that compresses responses,
 * which the bodies of lists do not have. `*` would let any version through, and a malformed one cannot be sent back; both
 * are as if the host had sent none.
 */
export function guardOf(etag: string | null | undefined): string | undefined {
  try {
    return typeof etag === "string" && isOneVersion(etag) ? withoutMark(etag.trim()) : undefined;
  } catch {
    return undefined;
  }
}

/** True for an `If-Match` header that names exactly one version. Throws `GraphError` 400 for a malformed one. */
export function isOneVersion(ifMatch: string | undefined): boolean {
  const tags = ifMatch === undefined ? [] : parseETags(ifMatch);
  return tags !== "*" && tags.length === 1;
}

/**
 * The ETags that an `If-Match` header lists, each as a strong one and without the mark of a proxy; none for `*`. Throws
 * `GraphError` 400 for a malformed header.
 */
export function listETags(header: string): readonly string[] {
  const tags = parseETags(header);
  return tags === "*" ? [] : tags.map((tag) => `"${withoutMark(tag)}"`);
}

function parseList(header: string): readonly string[] | "*" {
  // JavaScript callers may pass a version, or null.
  const list = typeof header === "string" ? header.trim() : "";
  if (list === "*") return "*";
  // The standard comes first: `%22` may be part of a tag, and counts as a mistake only where it cannot be.
  const tags =
    parseTags(list, [entityTag]) ??
    parseTags(list.replaceAll(/\\"|%22|&quot;/g, '"'), [
      entityTag,
      markedOutside,
      singleQuoted,
      quotedTwice,
      unquoted,
    ]);
  if (tags === undefined || tags.length === 0) throw malformed();
  return tags;
}

function parseTags(list: string, forms: readonly RegExp[]): readonly string[] | undefined {
  const tags: string[] = [];
  // Empty elements of a list are ignored (RFC 9110 §5.6.1).
  let rest = list.replace(/^(?:,[ \t]*)+/, "");
  while (rest !== "") {
    const found = forms.map((form) => form.exec(rest)).find((match) => match !== null);
    if (found === undefined) return undefined;
    tags.push(found[1] ?? "");
    rest = rest.slice(found[0].length);
  }
  return tags;
}

const weak = "(?:[Ww]/)?";
const quoted = String.raw`"([\x21\x23-\x7e\x80-\xff]*)"`;
const entityTag = element(weak + quoted);
const markedOutside = element(`${weak}${quoted}(?:-|;)(?:gzip|br|zstd|deflate)`);
const singleQuoted = element(`'${weak}${quoted}'`);
const quotedTwice = element(`"${weak}${quoted}"`);
const unquoted = element(`${weak}([0-9]+)`);

/** A pattern for the first element of a list, up to the next one. */
function element(form: string): RegExp {
  return new RegExp(String.raw`^${form}[ \t]*(?:(?:,[ \t]*)+|$)`);
}

function malformed(help?: string): GraphError {
  const message = "ETag header is malformed. ETags must be quoted strings.";
  return graphError("BadRequest", help === undefined ? message : `${message} ${help}`, {
    innerCode: "malformedEntityTag",
  });
}
