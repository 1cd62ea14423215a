import { closeSync, fsyncSync, openSync } from "node:fs";
import { platform } from "node:os";
import { describeFault } from "./file-fault.ts";

/** Waits until the names in a folder are on the disk: a power cut could take a new one, and with it acknowledged changes. */
export function syncFolder(folder: string): void {
  // Windows has no way to do it, and no need.
  if (platform() !== "win32") sync(folder, "r");
}

/**
 * As `syncFolder`, for a file that is in its place already: a fault does not mean that nothing was done. Returns why the disk did
 * not confirm it, as the end of a sentence that begins with the folder.
 */
export function trySyncFolder(folder: string): string | undefined {
  try {
    syncFolder(folder);
    return undefined;
  } catch (error) {
    const fault = describeFault(error);
    if (fault === undefined) throw error;
    return fault;
  }
}

/** Waits until the content of a file is on the disk. */
export function syncFile(file: string): void {
  sync(file, "r+");
}

function sync(path: string, flags: string): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
