import { describeFault } from "../../files/file-fault.ts";
import {
  DamagedFile,
  isDamage,
  isToldDamage,
  sqliteCode,
  sqliteCodes,
  UnreadPage,
} from "../../files/sqlite-codes.ts";
import { checkPages } from "./check-pages.ts";
import { indexFault } from "./index-fault.ts";
import { removeEmptyLog } from "./refuse-other-log.ts";

/**
 * What every command asks before it tells that a file is damaged, or its disk full, which it does not have open any more; otherwise
 * as `damageBehind`.
 */
export async function faultBehind(error: unknown, file: string, signal?: AbortSignal): Promise<unknown> {
  const fault = await damageBehind(error, file, signal);
  if (isDamage(error)) removeEmptyLog(file);
  return indexFault(fault, file);
}

/**
 * The fault behind what SQLite tells as damage, as it also tells a page that the disk could not give. Damage is what can be read,
 * and is found by another process as well; else it is the fault of the disk that is given, or `unknown` where no process can be
 * started that looks at the file. Other errors stay as they are. The signal ends the look, and its reason is given then.
 */
export async function damageBehind(
  error: unknown,
  file: string,
  signal: AbortSignal = new AbortController().signal,
  unknown: unknown = error,
): Promise<unknown> {
  if (!isDamage(error) || error instanceof DamagedFile) return error;
  try {
    const found = await checkPages(file, signal);
    // Tables and rows that another program has changed are in pages that are all well formed.
    return found.length > 0 || !isToldDamage(error)
      ? error
      : new UnreadPage("a page could not be read for a moment", { cause: error });
  } catch (again) {
    if (signal.aborted) return again;
    return describeFault(again) === undefined ? unknown : again;
  }
}

/** Whether an error is that of a disk that does not give what is on it. */
export function isDiskFault(error: unknown): boolean {
  return (
    sqliteCode(error) === sqliteCodes.io ||
    (error instanceof Error && "code" in error && error.code === "EIO")
  );
}
