import { randomUUID } from "node:crypto";
import { closeSync, linkSync, lstatSync, openSync, renameSync, rmSync } from "node:fs";

/** A file that is made beside the place where it belongs, so that what is there is whole at any moment. */
export interface DraftFile extends Disposable {
  readonly path: string;
}

/** What SQLite puts beside a database. */
export const databaseParts = ["-journal", "-wal", "-shm"] as const;

/** Makes an empty draft, usually for its owner alone. It is removed in the end, unless it has got another name. */
export function makeDraft(file: string, suffix = "", mode = 0o600): DraftFile {
  const path = `${file}.${randomUUID()}${suffix}`;
  // SQLite gives its other files the mode of this one.
  closeSync(openSync(path, "wx", mode));
  return {
    path,
    [Symbol.dispose]() {
      for (const part of ["", ...databaseParts]) rmSync(path + part, { force: true });
    },
  };
}

/** Whether a name is that of a draft of a file, which is left of a process that was killed, or of one that runs. */
export function isDraftOf(name: string, file: string): boolean {
  return (
    name.startsWith(`${file}.`) &&
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(name.slice(file.length + 1))
  );
}

/**
 * Gives a draft a name that is free. A rename would replace what got the name in the meantime; a link does not. Some disks
 * have no links.
 */
export function moveToFree(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw error;
    renameSync(draft, path);
  }
}
