import { writeFileSync } from "node:fs";
import { makeDraft } from "../../files/draft-file.ts";
import { isFullDisk } from "../../files/file-fault.ts";
import { realPath } from "../../files/look.ts";
import { isWithoutIndex, sqliteCodes } from "../../files/sqlite-codes.ts";

/** How much SQLite writes where it makes the index of a log. In bytes. */
const indexBytes = 32 * 1024;

/**
 * The fault behind an index of a log that could not be made, for which SQLite has one code: the disk has no room for it, or fails.
 * Another file of that size tells them apart. Other errors stay as they are.
 */
export function indexFault(error: unknown, file: string): unknown {
  if (!isWithoutIndex(error) || isFull(file)) return error;
  return Object.assign(new Error("the index of the log cannot be written", { cause: error }), {
    errcode: sqliteCodes.io,
  });
}

function isFull(file: string): boolean {
  try {
    using draft = makeDraft(realPath(file));
    writeFileSync(draft.path, new Uint8Array(indexBytes));
    return false;
  } catch (error) {
    return isFullDisk(error);
  }
}
