import { UserError } from "@install-summary/command-line/errors";
import { closeSync, lstatSync, openSync, readSync, statSync } from "node:fs";
import { refuseOwnFile, type OwnFiles } from "./refuse-own-file.ts";
import { storeParts } from "./store-files.ts";

/** What a database of SQLite begins with. Source: https://www.sqlite.org/fileformat.html */
const databaseStart = "SQLite format 3\0";

/**
 * Throws `UserError` where a report or a diff must not be written to a path: it is a file of the facade itself, a database, which
 * neither of them has ever been, or a link that would make a file elsewhere under a name that nobody typed.
 */
export function refuseTextTarget(path: string, own: OwnFiles): void {
  refuseOwnFile(path, own);
  if (isBrokenLink(path)) throw new UserError(`The file ${path} is a broken link. Name another file.`);
  const database = databasesOf(path).find(isDatabase);
  if (database === undefined) return;
  const what = database === path ? "is a database" : `belongs to the database ${database}`;
  throw new UserError(`The file ${path} ${what}. Name another file.`);
}

function isBrokenLink(path: string): boolean {
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  return isThere && statSync(path, { throwIfNoEntry: false }) === undefined;
}

/** The path itself, and that of the database that it is a part of by its name. */
function databasesOf(path: string): readonly string[] {
  const parts = storeParts("").filter((part) => path.endsWith(part));
  return parts.map((part) => path.slice(0, path.length - part.length));
}

function isDatabase(path: string): boolean {
  // A pipe would be waited for.
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(databaseStart.length);
    return (
      readSync(file, start, { position: 0 }) === start.length && start.toString("latin1") === databaseStart
    );
  } finally {
    closeSync(file);
  }
}
