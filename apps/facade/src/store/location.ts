import { resolve } from "node:path";
import { formatPostgresLocation, parsePostgresUrl, type PostgresLocation } from "./postgres-location.ts";

/** Where a store is, parsed once from its URL. */
export type StoreLocation = SqliteLocation | PostgresLocation;

/** A store in a SQLite file. */
export interface SqliteLocation {
  readonly kind: "sqlite";
  /** The absolute path of the file. */
  readonly file: string;
}

/**
 * SQLite's own options, such as `?mode=ro`, would be a part of the file's name, and so would a database's URL behind
 * `sqlite:`, with its password. A scheme has two letters or more: one is a drive.
 */
const sqliteUrl = /^sqlite:(?:\/\/(?=\/))?(?!\/\/|:memory:|[a-z][a-z0-9+.-]+:\/|.*:[^/\\]*@)([^?]+)$/i;

/**
 * Parses the URL of a store, `sqlite:FILE` or `postgres://USER@HOST/DATABASE`; a relative path is resolved in `folder`.
 * Undefined for another URL, and for a file whose name is a URL or has options.
 */
export function parseStoreLocation(url: string, folder: string): StoreLocation | undefined {
  const path = sqliteUrl.exec(url)?.[1];
  return path === undefined ? parsePostgresUrl(url, folder) : { kind: "sqlite", file: resolve(folder, path) };
}

/** The URL of a store as a person would write it, without a password. */
export function formatStoreLocation(location: StoreLocation): string {
  return location.kind === "sqlite" ? `sqlite:${location.file}` : formatPostgresLocation(location);
}
