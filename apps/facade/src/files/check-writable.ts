import { accessSync, chownSync, constants } from "node:fs";

/**
 * Throws the system's error where a folder cannot be written. Permissions do not tell it of a disk that the system itself keeps from
 * being written, as Linux does after an error of the disk: the owner is set to what it is, which changes nothing but the
 * folder's time of change, and has to be written.
 */
export function checkWritable(folder: string): void {
  accessSync(folder, constants.W_OK | constants.X_OK);
  try {
    chownSync(folder, -1, -1);
  } catch (error) {
    // A sandbox may forbid it in any folder.
    if (error instanceof Error && "code" in error && error.code === "EROFS") throw error;
  }
}
