import { UserError } from "@install-summary/command-line/errors";
import { statSync } from "node:fs";
import { platform } from "node:os";
import { dirname } from "node:path";
import process from "node:process";
import { checkWritable } from "../files/check-writable.ts";
import { startFault } from "../files/file-fault.ts";
import { findEntry } from "../files/look.ts";
import { adviseMode, makeOwnedFolder } from "../files/owner.ts";

/**
 * Makes the data folder, readable for its owner only, or checks the existing one. Throws `UserError` if it cannot be
 * written, or if other users could put keys of their own into it.
 */
export function prepareFolder(folder: string): void {
  prepareFolderToRead(folder);
  tellFaults(folder, () => checkWritable(folder));
}

/** As `prepareFolder`, for work that only reads an existing folder, which may be on a read-only disk. */
export function prepareFolderToRead(folder: string): void {
  tellFaults(folder, () => makeFolder(folder));
  // Windows has no owners and modes of this kind.
  if (platform() === "win32") return;
  const { uid, mode } = tellFaults(folder, () => statSync(folder));
  // Not by `userInfo`: it fails for the users without a name that containers run.
  const me = process.geteuid?.();
  if (me !== 0 && uid !== me) {
    throw new UserError(`The data folder ${folder} belongs to another user. Choose another with --data.`);
  }
  if ((mode & 0o022) !== 0) {
    throw new UserError(`Other users can write to the data folder ${folder}. ${adviseMode(folder, "700")}`);
  }
}

/** Throws `UserError` where `prepareFolder` could not make a missing folder. Makes nothing. */
export function checkCanMake(folder: string): void {
  tellFaults(folder, () => checkWritable(folderAbove(folder)));
}

/** The nearest folder above a missing one that is there. Throws `UserError` where something else is in the way. */
function folderAbove(missing: string, folder = missing): string {
  const parent = dirname(folder);
  if (isFolder(folder) || parent === folder) return folder;
  if (findEntry(folder) === undefined) return folderAbove(missing, parent);
  throw new UserError(
    `The data folder ${missing} cannot be made: ${folder} is a file or a broken link. Choose another with --data.`,
  );
}

/** Level by level: Node's own recursion does not end where a system refuses new folders with ENOENT, as /proc does. */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    makeOwnedFolder(folder);
  } catch (error) {
    // Another process may have made it in the meantime.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function tellFaults<Result>(folder: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw startFault(`The data folder ${folder}`, error);
  }
}
