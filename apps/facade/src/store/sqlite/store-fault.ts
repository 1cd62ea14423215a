import { startFault } from "../../files/file-fault.ts";
import { faultBehind } from "./fault-behind.ts";

/**
 * The `UserError` for a fault of a store's file, which must be closed here; other errors stay as they are. The signal ends the look
 * at the file, and its reason is given then.
 */
export async function storeFault(error: unknown, file: string, signal?: AbortSignal): Promise<unknown> {
  return startFault(`The store ${file}`, await faultBehind(error, file, signal), file);
}
