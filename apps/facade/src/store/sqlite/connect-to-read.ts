import { UserError } from "@install-summary/command-line/errors";
import { checkWhole } from "./check-whole.ts";
import type { PlaceToCheck, StoreConnection } from "./connection.ts";
import { checkSchema } from "./migrate.ts";
import { openToRead } from "./open-in-place.ts";
import { migrations } from "./schema.ts";
import { prepareStatements } from "./statements.ts";
import { watchFiles } from "./watch-files.ts";

/**
 * Connects to a store's file whose folder cannot be written, as on a disk that is read-only. Its statements that write
 * throw SQLite's error. Throws errors of SQLite, of the system, and `UserError`.
 */
export function connectToRead(file: string, { place, lacksPages }: PlaceToCheck): StoreConnection {
  const database = openToRead(file, place, {});
  try {
    checkWhole(database, file, { lacksPages });
    if (checkSchema(database, file) < migrations.length) throw ofOlderVersion(file);
    return {
      database,
      isAlone: false,
      ...prepareStatements(database),
      ...watchFiles(file, database, place),
      guard: undefined,
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function ofOlderVersion(file: string): UserError {
  return new UserError(
    `The store ${file} was written by an older version, and cannot be written here to migrate it. ` +
      "Copy it with backup, restore the copy into a folder that can be written, and read that.",
  );
}
