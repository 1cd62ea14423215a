import { UserError } from "@install-summary/command-line/errors";
import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { databaseParts } from "./draft-file.ts";
import { identifyFile, isSameFile } from "./file-identity.ts";

/**
 * Throws `UserError` where a path, also by another name, is a file of a store: its database, what is beside that, or a
 * lock. Throws the system's error where the store or the path's folder does not exist.
 */
export function refuseStoreFile(path: string, store: string): void {
  const file = realpathSync(store);
  const own = ["", ...databaseParts, "-lock"].map((part) => file + part);
  const found = identifyFile(path);
  const written = join(realpathSync(dirname(path)), basename(path));
  const isOwn =
    own.includes(written) ||
    written.startsWith(`${file}-import-`) ||
    (found !== undefined && own.some((one) => isSameFile(identifyFile(one), found)));
  if (isOwn) throw new UserError(`The file ${path} belongs to the store itself. Name another file.`);
}
