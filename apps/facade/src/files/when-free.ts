import { setTimeout } from "node:timers/promises";
import { DamagedFile, isDamage, sqliteCode, sqliteCodes } from "./sqlite-codes.ts";

/** How long a file is waited for. */
interface Patience {
  /** In milliseconds. @default 5000 */
  readonly patience?: number;
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs an action until SQLite no longer refuses it because another process writes, for a while. SQLite's own waiting would hold
 * up the event loop, and with it every read and every signal.
 */
export async function whenFree<Result>(
  action: () => Result,
  { patience = 5000, signal }: Patience = {},
): Promise<Result> {
  const end = performance.now() + patience;
  for (let pause = 1; ; pause = Math.min(pause * 2, 16)) {
    try {
      return action();
    } catch (error) {
      if (sqliteCode(error) !== sqliteCodes.busy || performance.now() > end) throw error;
    }
    signal?.throwIfAborted();
    await setTimeout(pause * (0.5 + Math.random()));
    signal?.throwIfAborted();
  }
}

/**
 * The same for an action that opens a file anew. What looks damaged is looked at once more: SQLite tells a page that the disk could
 * not give for a moment as damage too.
 */
export async function whenReadable<Result>(action: () => Result, options: Patience = {}): Promise<Result> {
  try {
    return await whenFree(action, options);
  } catch (error) {
    if (!isDamage(error) || error instanceof DamagedFile) throw error;
    return whenFree(action, options);
  }
}
