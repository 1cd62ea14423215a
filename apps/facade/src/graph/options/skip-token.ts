import { isAppId } from "@install-summary/core";
import { hash } from "node:crypto";
import { invalidQueryOption } from "./invalid-query-option.ts";

/** A place behind an app, in the order of a list. */
export interface Place {
  readonly nameKey: string;
  readonly id: string;
}

/** What decides which apps a list holds: a token of one list is none of another. */
export interface ListScope {
  readonly tenantId: string;
  readonly search: readonly string[] | undefined;
}

/** Makes the opaque token that says where the next page of a list begins. */
export function writeSkipToken({ nameKey, id }: Place, scope: ListScope): string {
  const place = Buffer.from(JSON.stringify([nameKey, id])).toString("base64url");
  return `${place}.${digest(place, scope)}`;
}

/** Reads a token of the same list. Throws `GraphError` 400 for any other text. */
export function readSkipToken(token: string, scope: ListScope): Place {
  const [place = "", sum, more] = token.split(".");
  if (more !== undefined || sum !== digest(place, scope)) throw invalidToken();
  const [nameKey, id]: unknown[] = parsePlace(place);
  if (typeof nameKey !== "string" || typeof id !== "string" || !isAppId(id)) throw invalidToken();
  return { nameKey, id };
}

/** It finds what was damaged or mixed up; there is nothing to forge, since no token reaches another tenant's apps. */
function digest(place: string, { tenantId, search = [] }: ListScope): string {
  return hash("sha256", JSON.stringify([tenantId, search, place]), "base64url").slice(0, 22);
}

function parsePlace(place: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(place, "base64url").toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function invalidToken(): Error {
  return invalidQueryOption("The $skiptoken is not valid for this request.");
}
