import { resolve } from "node:path";

/** Where a store is, parsed once from its URL. */
export type StoreLocation = SqliteLocation;

/** A store in a SQLite file. */
export interface SqliteLocation {
  readonly kind: "sqlite";
  /** The absolute path of the file. */
  readonly file: string;
}

const sqliteUrl = /^sqlite:(?:\/\/(?=\/))?(?!\/\/|:memory:)(.+)$/;

/** Parses the URL of a store, `sqlite:FILE`; a relative path is resolved in `folder`. Undefined for another URL. */
export function parseStoreLocation(url: string, folder: string): StoreLocation | undefined {
  const path = sqliteUrl.exec(url)?.[1];
  return path === undefined ? undefined : { kind: "sqlite", file: resolve(folder, path) };
}

/** The URL of a store, as a person would write it. */
export function formatStoreLocation({ kind, file }: StoreLocation): string {
  return `${kind}:${file}`;
}
