import { wholeOf } from "../sql/row-values.ts";
import type { StoreConnection } from "./connection.ts";

/** As much as the pages of a change take, and those that stay in memory. In bytes. */
const triedBytes = 64 * 1024;

/** As few pages as SQLite takes; what is over goes to the log at once, before a commit. */
const fewPages = 10;

/**
 * Writes as many pages to the log as a change may need, and rolls them back: what is committed next takes their place. One page
 * may have room where a change has none. Throws SQLite's error where the disk is full.
 */
export function tryRoom({ database, writes }: StoreConnection): void {
  const size = wholeOf(database.prepare("PRAGMA cache_size").get() ?? {}, "cache_size");
  database.exec(`PRAGMA cache_size = ${fewPages}`);
  try {
    writes.begin();
    try {
      database.exec(`INSERT INTO change_feed (tenant_id, last) VALUES (hex(zeroblob(${triedBytes / 2})), 0)`);
    } finally {
      if (database.isTransaction) writes.rollback();
    }
  } finally {
    database.exec(`PRAGMA cache_size = ${size}`);
  }
}
