import type { DatabaseSync } from "node:sqlite";
import { anyTenant, digestTenant } from "../sql/feed.ts";
import type { TenantNumbers } from "../sql/lift.ts";
import { textOf, wholeOf, type SqlRow } from "../sql/row-values.ts";

/** Which numbers a store has given out, by the digests of its tenants. */
export interface StoreNumbers {
  readonly numbers: ReadonlyMap<string, TenantNumbers>;
  /**
   * The sequences of the latest erasures of tenants, also of those that have come again since, and of tenants that a restore
   * took out. What has a lower one is from before that.
   */
  readonly erased: ReadonlyMap<string, number>;
  /** Whether the store was restored: what that restore took out is then among the erasures, and cannot be told from them. */
  readonly wasRestored: boolean;
}

/** Reads the highest numbers of a store of this schema or an older one. Throws an error of SQLite for one that is damaged. */
export function readNumbers(database: DatabaseSync): StoreNumbers {
  const numbers = new Map<string, TenantNumbers>();
  const note = (digest: string, row: SqlRow): void => {
    const { last, version } = numbers.get(digest) ?? { last: 0, version: 0 };
    numbers.set(digest, {
      last: Math.max(last, wholeOf(row, "last")),
      version: Math.max(version, wholeOf(row, "version")),
    });
  };
  const erased = new Map<string, number>();
  const schema = wholeOf(database.prepare("PRAGMA user_version").get() ?? {}, "user_version");
  const remembersErased = schema >= firstToRemember;
  const erasedRows = remembersErased ? database.prepare(readErased).iterate() : [];
  for (const row of erasedRows) {
    const digest = textOf(row, "digest");
    note(digest, row);
    erased.set(digest, wholeOf(row, "last"));
  }
  for (const row of database.prepare(remembersErased ? readLive : readOlder).iterate()) {
    note(digestTenant(textOf(row, "tenant_id")), row);
  }
  return { numbers, erased, wasRestored: erased.has(anyTenant) };
}

/** The first schema that knows which versions were erased. In an older one nothing is ever removed from the log. */
const firstToRemember = 4;

const readErased = "SELECT digest, last, erased_version AS version FROM erased_tenant";

const readLive = `SELECT f.tenant_id, f.last, max(f.erased_version, coalesce(
    (SELECT max(s.version) FROM install_summary s WHERE s.tenant_id = f.tenant_id), 0
  )) AS version FROM change_feed f`;

const readOlder = `SELECT f.tenant_id, f.last, coalesce(
    (SELECT max(c.version) FROM install_summary_change c WHERE c.tenant_id = f.tenant_id), 0
  ) AS version FROM change_feed f`;
