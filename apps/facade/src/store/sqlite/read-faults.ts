import type { DatabaseSync } from "node:sqlite";
import { sqliteCodes, UnreadPage } from "../../files/sqlite-codes.ts";
import { textOf } from "../sql/row-values.ts";

/** How SQLite tells a page that it could not get: with its code, or of some pages without one. */
const unread = /unable to get the page\. error code=(\d+)|failed to get page \d+/g;

/**
 * Has SQLite check every page of a database, and gives what is wrong with them. Throws `UnreadPage` where the disk could not give a
 * page: nothing is known of that one.
 */
export function readFaults(
  database: DatabaseSync,
  check: "integrity_check" | "quick_check" = "integrity_check",
): readonly string[] {
  const found = database
    .prepare(`PRAGMA ${check}(20)`)
    .all()
    .map((row) => textOf(row, check));
  for (const [told, code] of found.join("\n").matchAll(unread)) {
    if (code === undefined || (Number(code) & 0xff) === sqliteCodes.io) throw new UnreadPage(told);
  }
  return found.filter((text) => text !== "ok");
}
