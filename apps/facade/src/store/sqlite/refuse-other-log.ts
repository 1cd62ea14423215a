import { UserError } from "@install-summary/command-line/errors";
import { accessSync, constants } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { findStatus, hasContent, isThere, realPath } from "../../files/look.ts";
import { refuseOtherNames } from "../../files/refuse-other-names.ts";
import { OpenElsewhere, sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { logBytes, logOf } from "./check-whole.ts";
import { openInPlace, openToRead, type OpenOptions, type ReadOptions } from "./open-in-place.ts";
import { checkPlace, findPlace, withoutLog, type FilePlace } from "./watch-files.ts";

/**
 * Finds where a store is, to be opened there by `openInPlace`. Throws `OpenElsewhere` while another program has it open with a log
 * elsewhere, as after the file was moved while it was served: what this log has is not in the file yet, and both would write over
 * each other. The lock of the file itself shows it, whatever names lead there: who has the log beside the file has its index there
 * as well. A user who may not write the file cannot lock it, and does not find this. Throws `UserError` for a folder, a pipe or a
 * device, and for what `refuseNames` refuses.
 */
export function takePlace(file: string, refuseNames: (file: string) => void = refuseOtherNames): FilePlace {
  const place = findPlace(file);
  if (findStatus(file)?.isFile() === false)
    throw new UserError(`The store ${file} is a folder, a pipe or a device, and not a file.`);
  refuseNames(file);
  if (!mayOpenToWrite(file) || hasIndexedLog(file)) return place;
  lockAlone(file);
  // An empty log may be removed by it.
  return checkPlace(file, withoutLog(place));
}

/** Accepts every name: those of a store that is open here were looked at when it was opened; one that is replaced may have others. */
export const anyName = (): void => undefined;

/** Which names of a store are refused. */
interface NameOptions {
  /** Refuses other names of the store by throwing. */
  readonly refuseNames?: (file: string) => void;
}

/**
 * Takes the place of a store and opens it there, which is one action: a program that is waited for removes its log when it ends, so
 * that who waits does all of it anew in each try.
 */
export function takeAndOpen(
  file: string,
  { refuseNames, ...options }: NameOptions & OpenOptions = {},
): DatabaseSync {
  return openInPlace(file, takePlace(file, refuseNames), options);
}

/** The same for a store that is only read, as `openToRead` opens it. */
export function takeToRead(
  file: string,
  { refuseNames, ...options }: NameOptions & ReadOptions = {},
): DatabaseSync {
  return openToRead(file, takePlace(file, refuseNames), options);
}

/**
 * Removes what SQLite leaves beside a store that was only read: an empty log and its index, which would look like those of a program
 * that has the store open by this name. The last connection that can write does it, so nothing is removed that others use.
 */
export function removeEmptyLog(file: string): void {
  try {
    if (mayOpenToWrite(file)) takeAndOpen(file, { refuseNames: anyName }).close();
  } catch {
    // They are left where the disk or another program does not let them go. What was read, or ended it, is told all the same.
  }
}

/**
 * A connection that can write would move a log or a journal that is there into the file, which may be damaged; of a file that cannot
 * be written SQLite makes one that only reads, and leaves a log beside it.
 */
function mayOpenToWrite(file: string): boolean {
  return (
    hasContent(file) && logBytes(file) === 0 && !hasContent(`${realPath(file)}-journal`) && canWrite(file)
  );
}

function canWrite(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Who has a log beside the file has both; an index alone is left over. */
function hasIndexedLog(file: string): boolean {
  return isThere(`${realPath(file)}-shm`) && isThere(logOf(file));
}

/** Reads with a log of its own, for which SQLite locks the whole file. */
function lockAlone(file: string): void {
  try {
    using database = openExistingDatabase(file, {});
    database.exec("PRAGMA locking_mode = EXCLUSIVE; SELECT count(*) FROM sqlite_schema");
  } catch (error) {
    // Who opens the store afterwards finds all else, and has the words for it.
    if (sqliteCode(error) !== sqliteCodes.busy) return;
    // It stays refused, however long it is waited for.
    refuseOtherNames(file);
    throw new OpenElsewhere(`${file} is locked`, { cause: error });
  }
}
