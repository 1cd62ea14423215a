import { DatabaseError } from "./pg.ts";

/** A change that may have been committed, although that was not confirmed. */
export class UnknownOutcome extends Error {
  override readonly name = "UnknownOutcome";
}

/** A connection that was lost while it was used, or on which no response came in time. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/** No server that takes writes was reached. */
export class NoConnection extends Error {
  override readonly name = "NoConnection";
}

/** All connections are in use, and none was given back in time. */
export class AllInUse extends Error {
  override readonly name = "AllInUse";
}

/** The code of an error of the server, its SQLSTATE. Source: https://www.postgresql.org/docs/18/errcodes-appendix.html */
export function sqlState(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}

/**
 * True for a commit of which nothing was heard, so that the change log tells what became of it. One that no standby has
 * confirmed is in the log, and may be lost with this server all the same.
 */
export function isUnheard(error: unknown): boolean {
  return error instanceof UnknownOutcome && error.cause !== undefined;
}

/** True where the connection was lost, or no response came in time, be it that of a commit. */
export function isConnectionLost(error: unknown): boolean {
  return (
    error instanceof ConnectionLost || (error instanceof UnknownOutcome && isConnectionLost(error.cause))
  );
}

/** True for an error by which a server says that it only reads. */
export function isReadOnly(error: unknown): boolean {
  return sqlState(error) === "25006";
}

/** True for an error of a server that ends the session, or does so for all sessions. */
export function endsSession(error: unknown): boolean {
  return /^(?:08|57P0)/.test(sqlState(error) ?? "");
}

/**
 * True for a server that is not ready or fails itself: it starts, stops or only reads, has no room for a connection or on its disk, is
 * busy, or is damaged. No setting of this program is wrong then.
 */
export function isServerFault(error: unknown): boolean {
  return /^(?:08|25006|40|53|55|57|58|XX)/.test(sqlState(error) ?? "");
}

/**
 * True for an error by which a server has refused a statement: its transaction is undone. Where a server ends a session or
 * fails itself, a commit may have gone through before.
 */
export function isRefused(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && !/^(?:08|57P0|58|XX)/.test(state);
}

/** What two transactions do to each other that meet, and one of them can do again: it was undone. */
const collisions: readonly (string | undefined)[] = ["40001", "40P01", "23505"];

/** True for an error after which the same work may succeed, and which has left nothing behind. */
export function isPassing(error: unknown): boolean {
  if (error instanceof NoConnection || error instanceof ConnectionLost) return true;
  return collisions.includes(sqlState(error)) || isReadOnly(error) || endsSession(error);
}

/** True for an error of the server or of the way to it, and not of this program's own work. */
export function isOfDatabase(error: unknown): boolean {
  return error instanceof DatabaseError || error instanceof ConnectionLost || error instanceof UnknownOutcome;
}
