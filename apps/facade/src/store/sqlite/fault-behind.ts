import { describeFault } from "../../files/file-fault.ts";
import { isToldDamage, UnreadPage } from "../../files/sqlite-codes.ts";
import { unreadOr } from "../../files/unread.ts";
import { checkPages } from "./check-pages.ts";
import { removeEmptyLog } from "./refuse-other-log.ts";

/**
 * What every command asks before it tells that a file is damaged: SQLite tells a page that the disk could not give for a moment as
 * damage too. Damage is what can be read, and is found by another process as well; else it is the fault of the disk that is given.
 * Other errors stay as they are. Not for a database that this process has open. The signal ends the look at the file, and its reason
 * is given then.
 */
export async function faultBehind(
  error: unknown,
  file: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<unknown> {
  const fault = await unreadOr(error, file, signal);
  if (fault !== error || !isToldDamage(error)) return fault;
  try {
    const found = await checkPages(file, signal);
    return found.length > 0
      ? error
      : new UnreadPage("a page could not be read for a moment", { cause: error });
  } catch (again) {
    return signal.aborted || describeFault(again) !== undefined ? again : error;
  } finally {
    removeEmptyLog(file);
  }
}
