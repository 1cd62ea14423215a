import { setTimeout } from "node:timers/promises";
import { sqliteCode, sqliteCodes } from "./sqlite-codes.ts";

/**
 * Runs an action until SQLite no longer refuses it because another process writes, for `patience` milliseconds at
 * most. SQLite's own waiting would hold up the event loop, and with it every read.
 */
export async function whenFree<Result>(action: () => Result, patience = 5000): Promise<Result> {
  const end = performance.now() + patience;
  for (let pause = 1; ; pause = Math.min(pause * 2, 16)) {
    try {
      return action();
    } catch (error) {
      if (sqliteCode(error) !== sqliteCodes.busy || performance.now() > end) throw error;
    }
    await setTimeout(pause * (0.5 + Math.random()));
  }
}
