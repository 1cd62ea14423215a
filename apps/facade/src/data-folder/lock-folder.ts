import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "@install-summary/command-line/errors";
import { sqliteCode, sqliteCodes, whenFree } from "../store/sqlite/faults.ts";

/**
 * Takes a data folder for one facade, and returns what gives it back. The lock is an open transaction on a file of
 * its own: the kernel frees it however the process ends, so none is ever left over. Throws `UserError` while
 * another facade serves the folder.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const file = join(folder, "serve.lock");
  closeSync(openSync(file, "a", 0o600));
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // Two that start at once may both be refused; a moment later one of them is not.
    await whenFree(() => database.exec("BEGIN EXCLUSIVE"), 250);
  } catch (error) {
    database.close();
    if (sqliteCode(error) !== sqliteCodes.busy) throw error;
    throw new UserError(
      `Another facade serves the data folder ${folder}. Stop it first, or choose another with --data.`,
    );
  }
  return () => database.close();
}
