import { exitCodes, type UserErrorInit } from "@install-summary/command-line/errors";
import { sqliteCode, sqliteCodes } from "./sqlite-codes.ts";

/** A lock of another program, and a disk that fails or is full, as SQLite tells them. */
const passingInSqlite: ReadonlySet<number | undefined> = new Set([
  sqliteCodes.busy,
  sqliteCodes.io,
  sqliteCodes.full,
  sqliteCodes.protocol,
]);

/** The same as the system tells it, and what it has too little of for now. */
const passingInSystem: ReadonlySet<unknown> = new Set([
  "EAGAIN",
  "EBUSY",
  "EDQUOT",
  "EIO",
  "EMFILE",
  "ENFILE",
  "ENOLCK",
  "ENOMEM",
  "ENOSPC",
  "EREMOTEIO",
  "ESTALE",
  "ETIMEDOUT",
]);

/**
 * How a command ends that a fault of a file, folder or disk stops. 7 where no path, right or content is wrong and the same start may
 * go through later, so that what supervises a service starts it again: a lock of another program, a disk that fails, is full or does
 * not confirm what was written. Else 2, as until a person changes something every start fails.
 */
export function faultEnd(error: unknown): Pick<UserErrorInit, "exit" | "code"> {
  return isPassing(error) ? { exit: exitCodes.unavailable, code: "ServiceUnavailable" } : {};
}

/** Whether a fault of a file is none of what a person sets right. */
export function isPassing(error: unknown): boolean {
  const code = sqliteCode(error);
  if (code !== undefined) return passingInSqlite.has(code);
  if (!(error instanceof Error && "syscall" in error)) return false;
  return error.syscall === "fsync" || ("code" in error && passingInSystem.has(error.code));
}
