import { unlinkSync } from "node:fs";
import { isAbsence } from "./file-identity.ts";

/** Removes a file, which may be missing. Throws the system's error: that of Node's `rmSync` does not tell what it is. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isAbsence(error)) throw error;
  }
}

/** Removes what was made on the way. Where that fails it is left: what has ended the work is what is told. */
export function tryToRemove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is missing, or is left.
  }
}
