import { graphError } from "../../http/graph-error.ts";
import type { AppQuery } from "../../store/store.ts";
import { decodeBase64, encodeBase64 } from "../../text/base64.ts";
import { invalidQueryOption, type QueryOption } from "./query-options.ts";

/** What decides which apps a list holds, and in which order. A token is valid for the list that it was made for. */
export interface ListScope extends Pick<AppQuery, "search" | "filter" | "orderBy"> {
  readonly tenantId: string;
}

/** Makes the opaque token that leads to the next page of a list, from the store's cursor. */
export function formatSkipToken(cursor: string, scope: ListScope): string {
  const encoded = encodeBase64(cursor);
  return `${encoded}.${digest(encoded, scope)}`;
}

/** Parses a token of the same list into the store's cursor. Throws `GraphError` 400 for any other text. */
export function parseSkipToken(token: string, scope: ListScope): string {
  const [encoded = "", sum, more] = token.split(".");
  const cursor = more === undefined && sum === digest(encoded, scope) ? decodeBase64(encoded) : undefined;
  if (cursor !== undefined) return new TextDecoder().decode(cursor);
  throw invalidQueryOption("The $skiptoken is not valid for this request.");
}

/**
 * The URL of the page that a token leads to, with every other option but `$skip` as the request had it. Throws `GraphError` 414
 * where it is longer than `maxBytes`: the server would refuse its own link, and a page without one would be the last.
 */
export function formatNextLink(
  collection: string,
  options: readonly QueryOption[],
  skipToken: string,
  maxBytes: number,
): string {
  const kept = options.filter(({ name }) => name !== "$skiptoken" && name !== "$skip").map(({ raw }) => raw);
  const link = `${collection}?${[...kept, `$skiptoken=${skipToken}`].join("&")}`;
  if (link.length <= maxBytes) return link;
  throw graphError(
    "UriTooLong",
    "The URL of the next page would be too long. Leave out query options, or write them shorter.",
  );
}

/** Finds what was damaged or mixed up. Forging gains nothing: a session reaches only its own tenant's apps. */
function digest(encoded: string, { tenantId, search = [], filter, orderBy = [] }: ListScope): string {
  const text = JSON.stringify([tenantId, search, filter ?? null, orderBy, encoded]);
  return checksum(text, 0x01000193) + checksum(text, 0x5bd1e995);
}

/** FNV-1a over UTF-16 code units by an odd factor: every single change of a character changes it. */
function checksum(text: string, factor: number): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), factor);
  return (sum >>> 0).toString(36).padStart(7, "0");
}
