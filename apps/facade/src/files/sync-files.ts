import { closeSync, fsyncSync, openSync } from "node:fs";
import { platform } from "node:os";

/** Waits until the names in a folder are on the disk: a power cut could take a new one, and with it acknowledged changes. */
export function syncFolder(folder: string): void {
  // Windows has no way to do it, and no need.
  if (platform() !== "win32") sync(folder, "r");
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
