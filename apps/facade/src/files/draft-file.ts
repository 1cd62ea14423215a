import { randomUUID } from "node:crypto";
import { closeSync, openSync, rmSync } from "node:fs";

/** A file that is made beside the place where it belongs, so that what is there is whole at any moment. */
export interface DraftFile extends Disposable {
  readonly path: string;
}

/** What SQLite puts beside a database. */
export const databaseParts = ["-journal", "-wal", "-shm"] as const;

/** Makes an empty draft for its owner alone. It is removed in the end, unless it has got another name. */
export function makeDraft(file: string, suffix = ""): DraftFile {
  const path = `${file}.${randomUUID()}${suffix}`;
  // SQLite gives its other files the mode of this one.
  closeSync(openSync(path, "wx", 0o600));
  return {
    path,
    [Symbol.dispose]() {
      for (const part of ["", ...databaseParts]) rmSync(path + part, { force: true });
    },
  };
}
