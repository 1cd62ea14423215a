import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import { startFault } from "./file-fault.ts";
import { isAbsence } from "./file-identity.ts";

/**
 * What every look at a path goes through, outside of what tells the faults of a file by itself. Throws the `UserError` that names
 * the path where the system does not let it be looked at, which says nothing of whether something is there.
 */
export function look<Result>(path: string, action: (path: string) => Result): Result {
  try {
    return action(path);
  } catch (error) {
    throw startFault(`The path ${path}`, error, path);
  }
}

/** The file or folder that a path leads to; undefined where there is none. Throws `UserError`. */
export function findStatus(path: string): Stats | undefined {
  return find(path, () => statSync(path));
}

/** What has a name itself, which may be a link; undefined where nothing has it. Throws `UserError`. */
export function findEntry(path: string): Stats | undefined {
  return find(path, () => lstatSync(path));
}

function find(path: string, read: () => Stats): Stats | undefined {
  return look(path, () => {
    try {
      return read();
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw error;
    }
  });
}

/** Whether a path leads to something. Throws `UserError`. */
export function isThere(path: string): boolean {
  return findStatus(path) !== undefined;
}

/** Whether a path leads to a file with something in it. Throws `UserError`. */
export function hasContent(path: string): boolean {
  const found = findStatus(path);
  return found?.isFile() === true && found.size > 0;
}

/** The names in a folder. Throws `UserError`. */
export function namesIn(folder: string): readonly string[] {
  return look(folder, () => readdirSync(folder));
}

/**
 * The one path of a file, whatever links lead to it: SQLite has the log of a database beside that. A file may be missing, and
 * its folder too. Throws `UserError`.
 */
export function realPath(file: string): string {
  return look(file, () => {
    try {
      return resolveLinks(file);
    } catch (error) {
      if (isAbsence(error)) return placeOf(file);
      throw error;
    }
  });
}

/** The one path of a name in a folder, which may be that of a link. Both may be missing. Throws `UserError`. */
export function placeOf(path: string): string {
  const folder = dirname(path);
  // A root, which may be missing too, as that of a drive of Windows.
  return folder === path ? path : join(realPath(folder), basename(path));
}

/** The path of a file that is there, as the disk writes it where the system tells that. Throws the system's error. */
export function resolveLinks(file: string): string {
  try {
    return realpathSync.native(file);
  } catch (error) {
    if (isAbsence(error)) throw error;
    // Windows does not tell it of some disks, such as those in memory. Here what is denied, or a loop, ends as it did above.
    return realpathSync(file);
  }
}
