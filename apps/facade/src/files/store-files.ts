import { databaseParts, isDraftOf } from "./draft-file.ts";

/** Under which name a migration keeps the store as it was before; with an empty schema what all such names begin with. */
export function copyName(file: string, schema: number | ""): string {
  return `${file}.schema-${schema}`;
}

/** Under which name a restore keeps the store that it replaces; with an empty time what all such names begin with. */
export function replacedName(file: string, time: string): string {
  return `${file}.replaced-${time.replaceAll(":", "-")}`;
}

/** The file whose lock the facade has that serves a store. */
export function lockName(file: string): string {
  return `${file}-lock`;
}

/** The file whose lock an import has; with an empty digest of its tenant what all such names begin with. */
export function importLockName(file: string, digest: string): string {
  return `${file}-import-${digest}`;
}

/** The files of a store that each have one name: its database, what SQLite keeps beside that, and its lock. */
export function storeParts(file: string): readonly string[] {
  return [...["", ...databaseParts].map((part) => file + part), lockName(file)];
}

/**
 * Whether a name is that of a copy of a store, which a migration or a restore has kept, whole or cut off, or of a draft that a
 * restore left when it was killed.
 */
export function isCopyOf(name: string, file: string): boolean {
  const starts = [copyName(file, ""), replacedName(file, "")];
  return starts.some((start) => name.startsWith(start)) || isDraftOf(name, file);
}
