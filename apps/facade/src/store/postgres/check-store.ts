import type { Database } from "./database.ts";
import { serviceFault } from "./faults.ts";
import type { GroupWriter } from "./group-writer.ts";
import { readApp, readFeed } from "./read-statements.ts";
import { retrying } from "./retrying.ts";
import { changeColumns, namesOf } from "./row-arrays.ts";
import { storeTable } from "./schema.ts";
import type { Connection, RunStatement, Statement } from "./statement.ts";
import { sendNothing } from "./update-group.ts";

/** The statements that tell whether the store can be read and written. */
export const checkStatements = {
  read: { name: "check-read", text: `SELECT schema FROM ${storeTable} WHERE id = 1` },
  write: { name: "check-write", text: `UPDATE ${storeTable} SET schema = schema WHERE id = 1` },
  /** (sequence): changes that fill some pages, to be rolled back: one row may find room in the last page of a full disk. */
  room: {
    name: "check-room",
    text: `INSERT INTO install_summary_change (tenant_id, ${namesOf(changeColumns)})
      SELECT '', $1::bigint - n, NULL, '', 0, '', '', '', '', NULL, repeat(' ', 300), ''
      FROM generate_series(1, 64) AS n`,
  },
} as const satisfies Readonly<Record<string, Statement>>;

/** Resolves while the store can be read and written; rejects with a 503 otherwise. Only a write tells of a full disk. */
export async function checkStore(
  database: Database,
  writer: Pick<GroupWriter, "isWritable" | "wasWritten">,
): Promise<void> {
  try {
    if (writer.isWritable()) {
      // Nothing is written, but tried: sessions may have become ones that only read.
      await retrying(() => database.commitOne(tryRequests));
      return;
    }
    await retrying(() => database.commitOne(tryStore));
    await retrying(() => database.transact(tryRoom, { isKept: () => false }));
    writer.wasWritten();
  } catch (error) {
    throw serviceFault(error, "read");
  }
}

/** Reads and writes as requests do, what no tenant has: a right or a column that is missing is found as they would find it. */
export async function tryStore(connection: Connection, commit: RunStatement): Promise<void> {
  await tryRequests(connection, commit);
  await commit(checkStatements.write);
}

/** Writes as many changes as need new pages, which are to be rolled back. */
export async function tryRoom(connection: Connection): Promise<void> {
  // Those of checks at the same time are others, so that none waits for another one.
  await connection.run(checkStatements.room, [-Math.floor(Math.random() * 2 ** 52)]);
}

/** As they are sent, without anything that would be written. */
async function tryRequests(connection: Connection, commit: RunStatement): Promise<void> {
  await connection.run(checkStatements.read);
  await readApp(connection, "", "");
  await readFeed(connection, "");
  await sendNothing(commit);
}
