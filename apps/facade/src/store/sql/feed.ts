import { hash } from "node:crypto";
import { wholeOf, type SqlRow } from "./row-values.ts";

/** How far a tenant's change log has come, and what went before it. */
export interface Feed {
  /** The last sequence that the log has given out: to a change, or to the erasure of the tenant. */
  readonly last: number;
  /** The last sequence that was removed: the log has every change after it, and none up to it. */
  readonly removed: number;
  /** The highest version that the tenant's erased apps had. A new app begins above it. */
  readonly erasedVersion: number;
}

/** The feed of a tenant that has never had a change. */
export const newFeed: Feed = { last: 0, removed: 0, erasedVersion: 0 };

/** Reads a row with the columns of a feed. */
export function feedOfRow(row: SqlRow): Feed {
  return {
    last: wholeOf(row, "last"),
    removed: wholeOf(row, "removed"),
    erasedVersion: wholeOf(row, "erased_version"),
  };
}

/** What is kept in place of the id of a tenant that was erased: who knows the id finds it, and no one reads it there. */
export function digestTenant(tenantId: string): string {
  return hash("sha256", `install-summary erased tenant ${tenantId}`, "base64url");
}

/** In place of a digest: the numbers above which every tenant begins that a restored store does not know. */
export const anyTenant = "*";
