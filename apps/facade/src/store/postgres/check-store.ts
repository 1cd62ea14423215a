import type { Database } from "./database.ts";
import { serviceFault } from "./faults.ts";
import type { GroupWriter } from "./group-writer.ts";
import { readApp, readFeed } from "./read-statements.ts";
import { retrying } from "./retrying.ts";
import { storeTable } from "./schema.ts";
import type { Connection, RunStatement, Statement } from "./statement.ts";
import { sendNothing } from "./update-group.ts";

/** The statements that tell whether the store can be read and written. */
export const checkStatements = {
  read: { name: "check-read", text: `SELECT schema FROM ${storeTable} WHERE id = 1` },
  write: { name: "check-write", text: `UPDATE ${storeTable} SET schema = schema WHERE id = 1` },
} as const satisfies Readonly<Record<string, Statement>>;

/** Resolves while the store can be read and written; rejects with a 503 otherwise. Only a write tells of a full disk. */
export async function checkStore(database: Database, writer: Pick<GroupWriter, "isWritable">): Promise<void> {
  try {
    await retrying(() =>
      // After a commit that went through nothing is written, but tried: sessions may have become ones that only read.
      database.commitOne(writer.isWritable() ? tryRequests : tryStore),
    );
  } catch (error) {
    throw serviceFault(error, "read");
  }
}

/** Reads and writes as requests do, what no tenant has: a right or a column that is missing is found as they would find it. */
export async function tryStore(connection: Connection, commit: RunStatement): Promise<void> {
  await tryRequests(connection, commit);
  await commit(checkStatements.write);
}

/** As they are sent, without anything that would be written. */
async function tryRequests(connection: Connection, commit: RunStatement): Promise<void> {
  await connection.run(checkStatements.read);
  await readApp(connection, "", "");
  await readFeed(connection, "");
  await sendNothing(commit);
}
