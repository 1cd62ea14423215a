import { graphError } from "@install-summary/core";
import { hash } from "node:crypto";
import type { SearchTerm } from "../../store/store.ts";
import { invalidQueryOption, type QueryOption } from "./query-options.ts";

/** What decides which apps a list holds. A token is valid for the list that it was made for. */
export interface ListScope {
  readonly tenantId: string;
  readonly search: readonly SearchTerm[] | undefined;
}

/** Makes the opaque token that leads to the next page of a list, from the store's cursor. */
export function formatSkipToken(cursor: string, scope: ListScope): string {
  const encoded = Buffer.from(cursor).toString("base64url");
  return `${encoded}.${digest(encoded, scope)}`;
}

/** Parses a token of the same list into the store's cursor. Throws `GraphError` 400 for any other text. */
export function parseSkipToken(token: string, scope: ListScope): string {
  const [encoded = "", sum, more] = token.split(".");
  if (more !== undefined || sum !== digest(encoded, scope)) {
    throw invalidQueryOption("The $skiptoken is not valid for this request.");
  }
  return Buffer.from(encoded, "base64url").toString();
}

/**
 * The URL of the page that a token leads to, with every other option as the request had it. Throws `GraphError` 414
 * where it is longer than `maxBytes`: the server would refuse its own link, and a page without one would be the last.
 */
export function formatNextLink(
  collection: string,
  options: readonly QueryOption[],
  skipToken: string,
  maxBytes: number,
): string {
  const kept = options.filter(({ name }) => name !== "$skiptoken").map(({ raw }) => raw);
  const link = `${collection}?${[...kept, `$skiptoken=${skipToken}`].join("&")}`;
  if (link.length <= maxBytes) return link;
  throw graphError(
    "UriTooLong",
    "The URL of the next page would be too long. Leave out query options, or write them shorter.",
  );
}

/** Finds what was damaged or mixed up. Forging gains nothing: a session reaches only its own tenant's apps. */
function digest(encoded: string, { tenantId, search = [] }: ListScope): string {
  return hash("sha256", JSON.stringify([tenantId, search, encoded]), "base64url").slice(0, 22);
}
