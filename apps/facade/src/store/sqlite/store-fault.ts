import { startFault } from "../../files/file-fault.ts";
import { unreadOr } from "../../files/unread.ts";

/**
 * How a fault of a store's file is told that is not open here any more: as a `UserError`, or as what it is where it is no fault of a
 * file. Gives the signal's reason where it ends the look at the file.
 */
export async function storeFault(error: unknown, file: string, signal?: AbortSignal): Promise<unknown> {
  return startFault(`The store ${file}`, await unreadOr(error, file, signal), file);
}
