import type { DatabaseSync } from "node:sqlite";
import { UserError } from "@install-summary/command-line/errors";
import { wholeOf } from "../sql/row-values.ts";
import { keepCopy } from "./keep-copy.ts";
import { applicationId, migrations } from "./schema.ts";

/** Reads which schema a store has. Throws `UserError` for a file of a newer version or of another program. */
export function checkSchema(
  database: DatabaseSync,
  file: string,
  steps: readonly string[] = migrations,
): number {
  const owner = readPragma(database, "application_id");
  const schema = readPragma(database, "user_version");
  if (owner !== applicationId) {
    throw new UserError(`The file ${file} is not a store of Install Summary. It was left as it is.`);
  }
  if (schema > steps.length) {
    throw new UserError(
      `The store ${file} was written by a newer version (its schema is ${schema}, this version knows ` +
        `${steps.length}). It was left as it is; start the newer version.`,
    );
  }
  return schema;
}

/**
 * Migrates a store to the schema of this version, and keeps a copy of it as it was. A file of a newer version or of
 * another program is refused before anything is written. Throws SQLite's busy error while another process migrates.
 */
export function migrate(database: DatabaseSync, file: string, steps: readonly string[] = migrations): void {
  const schema = checkSchema(database, file, steps);
  if (schema === steps.length) return;
  keepCopy(database, file, schema);
  runSteps(database, steps);
  // A step that writes every row leaves a log of the file's size, which would stay until the store is closed.
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

/** Migrates a draft, of which no copy is kept. */
export function migrateDraft(database: DatabaseSync): void {
  runSteps(database, migrations);
}

/** Makes a new database a store. Throws where not all of it reached its file. */
export function initialise(database: DatabaseSync, steps: readonly string[] = migrations): void {
  database.exec(`PRAGMA application_id = ${applicationId}`);
  runSteps(database, steps);
  // At the end: what is in a write-ahead log is moved into the file when that is closed, and a full disk would then cut
  // the store without a word.
  database.exec("PRAGMA journal_mode = WAL");
}

function runSteps(database: DatabaseSync, steps: readonly string[]): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    // Read again under the lock: another process may have been first.
    for (const step of steps.slice(readPragma(database, "user_version"))) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function readPragma(database: DatabaseSync, name: "application_id" | "user_version"): number {
  return wholeOf(database.prepare(`PRAGMA ${name}`).get() ?? {}, name);
}
