import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { findStatus, isThere, look, realPath } from "../files/look.ts";

/** Where a facade writes. */
export interface SpaceParts {
  /** The data folder. */
  readonly data: string;
  /** The store's file, where the store is one. */
  readonly file: string | undefined;
  /** Whether `serve` will migrate the store, which keeps a copy of it and may write all of it anew. */
  readonly needsMigration: boolean;
}

/** How many bytes are free on the disk of a folder. */
export type FreeBytes = (folder: string) => number;

/** The store's own log may grow to 48 MiB, and an import is staged beside it. */
const minimumFree = 256 * 2 ** 20;

/** Whether the disks of the data folder and the store have room. Throws `UserError` where one of them is nearly full. */
export function checkSpace(
  { data, file, needsMigration }: SpaceParts,
  freeBytes: FreeBytes = readFreeBytes,
): string {
  const migration = needsMigration && file !== undefined ? 2 * (findStatus(file)?.size ?? 0) : 0;
  // Where a link leads to, since another disk may be there.
  const storeFolder = file === undefined ? undefined : dirname(realPath(file));
  const folders = [...new Set([realPath(data), ...(storeFolder === undefined ? [] : [storeFolder])])];
  return folders
    .map((folder) => {
      const minimum = folder === storeFolder ? minimumFree + migration : minimumFree;
      return checkFolder(folder, minimum, freeBytes(folder));
    })
    .join("; ");
}

function checkFolder(folder: string, minimum: number, bytes: number): string {
  if (bytes >= minimum) return `${sizeText(bytes)} are free for ${folder}`;
  throw new UserError(
    `Only ${sizeText(bytes)} are free for ${folder}. Make room until ${sizeText(minimum)} are free: on a full disk every change is refused.`,
    { exit: exitCodes.unavailable, code: "ServiceUnavailable" },
  );
}

/** Of the folder, or of the nearest one above it that is there already. */
function readFreeBytes(folder: string): number {
  const parent = dirname(folder);
  if (!isThere(folder) && parent !== folder) return readFreeBytes(parent);
  const { bavail, bsize } = look(folder, (path) => statfsSync(path));
  return bavail * bsize;
}

function sizeText(bytes: number): string {
  const gibibytes = bytes / 2 ** 30;
  return gibibytes >= 1 ? `${gibibytes.toFixed(1)} GiB` : `${Math.floor(bytes / 2 ** 20)} MiB`;
}
