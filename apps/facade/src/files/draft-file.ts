import { randomUUID } from "node:crypto";
import { linkSync, lstatSync, renameSync } from "node:fs";
import { createOwned } from "./owner.ts";
import { tryToRemove } from "./remove-file.ts";

/** A file that is made beside the place where it belongs, so that what is there is whole at any moment. */
export interface DraftFile extends Disposable {
  readonly path: string;
}

/** What SQLite puts beside a database. */
export const databaseParts = ["-journal", "-wal", "-shm"] as const;

/** How a draft is made. */
interface DraftOptions {
  /** What its name ends with. */
  readonly suffix?: string;
  /** Its owner alone may use it by default. */
  readonly mode?: number;
  /** The file or folder whose owner it gets where the superuser makes it. */
  readonly owner?: string;
}

/** Makes an empty draft. It is removed in the end, unless it has got another name. */
export function makeDraft(file: string, { suffix = "", mode = 0o600, owner }: DraftOptions = {}): DraftFile {
  const path = `${file}.${randomUUID()}${suffix}`;
  // SQLite gives its other files the mode and the owner of this one.
  createOwned(path, mode, owner);
  return {
    path,
    [Symbol.dispose]() {
      for (const part of ["", ...databaseParts]) tryToRemove(path + part);
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
