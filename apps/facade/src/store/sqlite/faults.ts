import { setTimeout } from "node:timers/promises";
import { UserError } from "@install-summary/command-line/errors";
import { unavailable } from "../unavailable.ts";

/** SQLite's primary result codes that the store reacts to. */
export const sqliteCodes = {
  busy: 5,
  readOnly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** The primary result code of an error of SQLite; undefined for other errors. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) return undefined;
  return error.errcode & 0xff;
}

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

/** The 503 for a fault of the store's file; other errors stay as they are. */
export function serviceFault(error: unknown): unknown {
  const fault =
    faults.get(sqliteCode(error)) ?? (isFileFault(error) ? { message: failed, retryAfter: 5 } : undefined);
  return fault === undefined ? error : unavailable(fault.message, fault.retryAfter, error);
}

/** True for what opening a file again throws where the file or its folder is gone or unusable. */
function isFileFault(error: unknown): boolean {
  return error instanceof UserError || (error instanceof Error && "syscall" in error);
}

const failed = "The store could not be read or written. Read again before you repeat a change.";
const damaged = "The store is damaged and must be restored from a backup.";

const faults: ReadonlyMap<number | undefined, { readonly message: string; readonly retryAfter: number }> =
  new Map([
    [sqliteCodes.busy, { message: "The store is busy. Please retry again later.", retryAfter: 1 }],
    [sqliteCodes.full, { message: "The store's disk is full. The change was not applied.", retryAfter: 30 }],
    [
      sqliteCodes.readOnly,
      { message: "The store cannot be written. The change was not applied.", retryAfter: 30 },
    ],
    [sqliteCodes.io, { message: failed, retryAfter: 5 }],
    [sqliteCodes.cannotOpen, { message: failed, retryAfter: 5 }],
    [sqliteCodes.corrupt, { message: damaged, retryAfter: 300 }],
    [sqliteCodes.notADatabase, { message: damaged, retryAfter: 300 }],
  ]);
