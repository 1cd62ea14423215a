import type { Database } from "./database.ts";
import { serviceFault } from "./faults.ts";
import type { GroupWriter } from "./group-writer.ts";
import { retrying } from "./retrying.ts";
import { storeTable } from "./schema.ts";
import type { Statement } from "./statement.ts";

/** The statements that tell whether the store can be read and written. */
export const checkStatements = {
  read: { name: "check-read", text: `SELECT schema FROM ${storeTable} WHERE id = 1` },
  write: { name: "check-write", text: `UPDATE ${storeTable} SET schema = schema WHERE id = 1` },
} as const satisfies Readonly<Record<string, Statement>>;

/** Resolves while the store can be read and written; rejects with a 503 otherwise. Only a write tells of a full disk. */
export async function checkStore(database: Database, writer: Pick<GroupWriter, "isWritable">): Promise<void> {
  try {
    await retrying(() =>
      writer.isWritable()
        ? database.use(({ run }) => run(checkStatements.read))
        : database.commitOne((_connection, commit) => commit(checkStatements.write)),
    );
  } catch (error) {
    throw serviceFault(error, "read");
  }
}
