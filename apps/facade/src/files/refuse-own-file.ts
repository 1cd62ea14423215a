import { UserError } from "@install-summary/command-line/errors";
import { basename, join } from "node:path";
import { identifyFile, isSameFile } from "./file-identity.ts";
import { isStagingName } from "./folder-files.ts";
import { hasContent, look, placeOf, realPath } from "./look.ts";
import { importLockName, isCopyOf, storeParts } from "./store-files.ts";

/** What a facade works with, and what no command writes over. */
export interface OwnFiles {
  /** The files of its stores; each may be missing. */
  readonly stores: readonly string[];
  /** The folders in which it stages what it imports. */
  readonly folders: readonly string[];
  /** The keys and locks of these folders, and the files of the settings; each may be missing. */
  readonly others: readonly string[];
}

/**
 * Throws `UserError` where a command must not write to a path: it is a file of the facade itself, also by another name, or one
 * that SQLite would mix up with what another database has left beside it.
 */
export function refuseOwnFile(path: string, { stores, folders, others }: OwnFiles): void {
  if (stores.some((store) => isOfStore(path, realPath(store)))) throw ownFile(path, "store");
  if (isOneOf(path, others) || isStagedIn(path, folders)) throw ownFile(path, "facade");
  const log = [`${path}-wal`, `${path}-journal`].find(hasContent);
  if (log === undefined) return;
  throw new UserError(
    `The file ${path} is a database whose last changes are in ${log}, which a new file would be mixed up with. Name another file.`,
  );
}

function isOfStore(path: string, store: string): boolean {
  if (isOneOf(path, storeParts(store))) return true;
  return placesOf(path).some(
    (place) => place.startsWith(importLockName(store, "")) || isCopyOf(place, store),
  );
}

/** A staged file has a name for as long as it is used only where the system wants one for it. */
function isStagedIn(path: string, folders: readonly string[]): boolean {
  return placesOf(path).some(
    (place) =>
      isStagingName(basename(place)) &&
      folders.some((folder) => placeOf(join(folder, basename(place))) === place),
  );
}

/** A name as it was typed, and as the disk has it: that of a link leads elsewhere, and some disks take capitals for small letters. */
function placesOf(path: string): readonly string[] {
  return [placeOf(path), realPath(path)];
}

function isOneOf(path: string, files: readonly string[]): boolean {
  const [place, found] = [placeOf(path), look(path, identifyFile)];
  return files.some(
    (file) => placeOf(file) === place || (found !== undefined && isSameFile(look(file, identifyFile), found)),
  );
}

function ownFile(path: string, whose: "store" | "facade"): UserError {
  return new UserError(`The file ${path} belongs to the ${whose} itself. Name another file.`);
}
