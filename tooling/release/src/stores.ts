import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL("../stores/", import.meta.url);

/** A store of one version, and what callers read of it as JSON. */
export interface StoreFiles {
  readonly store: string;
  readonly content: string;
}

/** Where the store of a version is kept. */
export function keptStore(version: string): StoreFiles {
  const file = (kind: string): string => fileURLToPath(new URL(`${version}.${kind}`, folder));
  return { store: file("db"), content: file("json") };
}

/** The versions of which a store is kept. */
export function keptVersions(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".db"))
    .map((file) => file.slice(0, -".db".length));
}
