import { UserError } from "@install-summary/command-line/errors";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { findStatus, isThere } from "../../files/look.ts";
import { refuseLeftLog } from "../../files/refuse-left-log.ts";
import { whenFree } from "../../files/when-free.ts";
import { logBytes } from "./check-whole.ts";
import { readFault, readSchema, type ReadAs } from "./inspect-store.ts";
import { takeAndOpen } from "./refuse-other-log.ts";

/**
 * Reads a backup, and leaves it and its folder as they were. Throws `UserError` for a file that is not there or cannot be read, and
 * the signal's reason where it ends the waiting for another program.
 */
export async function readBackup<Result>(
  source: string,
  read: (database: DatabaseSync) => Result | Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  checkFile(source);
  try {
    // What has no log beside it is read without a lock, and nothing is made beside it: it may be on a read-only disk.
    const immutable = logBytes(source) === 0;
    // It may be a store itself, whose last changes are in a log elsewhere.
    const open = (): DatabaseSync =>
      takeAndOpen(source, { refuseNames: refuseLeftLog, readOnly: true, immutable });
    using database = await whenFree(open, { signal });
    return await read(database);
  } catch (error) {
    throw await readFault(error, backupOf(source), { file: source, signal });
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
