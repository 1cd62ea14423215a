import { DatabaseError } from "pg";

/** A change that may have been committed, although that was not confirmed. */
export class UnknownOutcome extends Error {
  override readonly name = "UnknownOutcome";
}

/**
 * True for an error by which the server has refused a statement: its transaction is undone. Where the server ends a session
 * or fails itself, a commit may have gone through before.
 */
export function isRefused(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && !/^(?:08|57P|58|XX)/.test(state);
}

/** The code of an error of the server, its SQLSTATE. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}

/** A server that answers, and takes no writes. */
export class NotWritable extends Error {
  override readonly name = "NotWritable";
}
