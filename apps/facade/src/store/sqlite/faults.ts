import { graphError } from "@install-summary/core";
import { setTimeout } from "node:timers/promises";

/** SQLite's primary result codes that the store answers to. */
export const sqliteCodes = {
  busy: 5,
  readOnly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** The primary result code of SQLite, or undefined where something else failed. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) return undefined;
  return error.errcode & 0xff;
}

/**
 * Runs an action that SQLite may refuse because another process writes, until it goes through or patience ends.
 * SQLite's own waiting would hold up the event loop, and with it every read.
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

/** What a caller is told when the store's file fails; an error of another kind stays as it is. */
export function serviceFault(error: unknown): unknown {
  const told = faults.get(sqliteCode(error));
  return told === undefined ? error : unavailable(told.message, told.retryAfter, error);
}

const failed = "The store could not be read or written. Read again before you repeat a change.";
const damaged = "The store is damaged and must be restored from a backup.";

const faults: ReadonlyMap<number | undefined, { readonly message: string; readonly retryAfter: number }> =
  new Map([
    [sqliteCodes.busy, { message: "The store is busy. Please retry again later.", retryAfter: 1 }],
    [sqliteCodes.full, { message: "The store has no room left. Nothing was changed.", retryAfter: 30 }],
    [sqliteCodes.readOnly, { message: "The store cannot be written. Nothing was changed.", retryAfter: 30 }],
    [sqliteCodes.io, { message: failed, retryAfter: 5 }],
    [sqliteCodes.cannotOpen, { message: failed, retryAfter: 5 }],
    [sqliteCodes.corrupt, { message: damaged, retryAfter: 300 }],
    [sqliteCodes.notADatabase, { message: damaged, retryAfter: 300 }],
  ]);

/** What a caller is told whose request comes too late. */
export function shuttingDown(): Error {
  return unavailable("The service is shutting down.", 5);
}

/** A 503 that names the seconds after which to try again. */
export function unavailable(message: string, retryAfter: number, cause?: unknown): Error {
  return graphError("ServiceUnavailable", message, { retryAfter, cause });
}
