import { UserError } from "@install-summary/command-line/errors";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { openWhenFree } from "../../files/open-when-free.ts";
import { startFault } from "../../files/file-fault.ts";
import { findStatus, isThere } from "../../files/look.ts";
import { refuseLeftLog } from "../../files/refuse-left-log.ts";
import { isDamage } from "../../files/sqlite-codes.ts";
import { logBytes } from "./check-whole.ts";
import { damagedFile, readSchema, type ReadAs } from "./inspect-store.ts";
import { refuseOtherLog } from "./refuse-other-log.ts";

/**
 * Reads a backup, and writes nothing. Throws `UserError` for a file that is not there or cannot be read, and the signal's reason
 * where it ends the waiting for another program.
 */
export async function readBackup<Result>(
  source: string,
  read: (database: DatabaseSync) => Result | Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  checkFile(source);
  // It may be a store itself, whose last changes are in a log elsewhere.
  refuseLeftLog(source);
  await refuseOtherLog(source, signal);
  try {
    // What has no log beside it is read without a lock, and nothing is made beside it: it may be on a read-only disk.
    const immutable = logBytes(source) === 0;
    const open = (): DatabaseSync => openExistingDatabase(source, { readOnly: true }, { immutable });
    using database = await openWhenFree(open, signal);
    return await read(database);
  } catch (error) {
    if (isDamage(error)) throw damagedFile(backupOf(source), error);
    throw startFault(`The backup ${source}`, error, source);
  }
}

/** Checks, in a moment, that a file is a backup of this version or an older one. Throws `UserError`. */
export async function checkBackup(source: string, signal: AbortSignal): Promise<void> {
  await readBackup(source, (database) => readSchema(database, backupOf(source)), signal);
}

/** How messages name a backup. */
export function backupOf(source: string): ReadAs {
  return { kind: "backup", file: source };
}

function checkFile(source: string): void {
  const status = findStatus(source);
  if (status === undefined) throw new UserError(`The backup ${source} does not exist.`);
  if (status.isFile()) return;
  const inside = join(source, "install-summary.db");
  const hint = isThere(inside) ? ` Name the file in it: ${inside}` : "";
  throw new UserError(`The backup ${source} is a folder, a pipe or a device, and not a file.${hint}`);
}
