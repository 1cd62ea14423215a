import {
  connectionFaultOf,
  connectionFaultText,
  exitCodes,
  UserError,
} from "@install-summary/command-line/errors";
import { DatabaseError } from "./pg.ts";
import { formatHost, type PostgresLocation } from "../postgres-location.ts";
import { ConnectionLost, isServerFault, NoConnection, sqlState, UnknownOutcome } from "./postgres-errors.ts";

/**
 * The `UserError` for a fault of the database at a start: what happened, and what to do. It ends in 2 for a setting that is wrong,
 * and in 7 for a server that is not there or not ready, which may be an instant later: what supervises a service then starts it
 * again. Other errors stay as they are.
 */
export function startFault(error: unknown, location: PostgresLocation): unknown {
  const cause = error instanceof NoConnection ? error.cause : error;
  if (cause instanceof UserError) return cause;
  if (cause instanceof DatabaseError) {
    const message = describeRefusal(cause, location);
    return isServerFault(cause) ? unavailable(message, error) : new UserError(message, { cause: error });
  }
  if (error instanceof NoConnection) {
    const message = describeLink(cause, location);
    return isWronglySet(cause) ? new UserError(message, { cause: error }) : unavailable(message, error);
  }
  const server = serversOf(location);
  if (error instanceof UnknownOutcome) {
    const message = `${server} did not confirm what was written, which may be there. Run doctor to see what is there, then run the command again.`;
    return unavailable(message, error);
  }
  if (error instanceof ConnectionLost) {
    const message = `${server} ended the connection, or did not respond in time. Run it again once the server responds.`;
    return unavailable(message, error);
  }
  return error;
}

function unavailable(message: string, cause: unknown): UserError {
  return new UserError(message, { exit: exitCodes.unavailable, code: "ServiceUnavailable", cause });
}

/** Begins a sentence about the servers of a store. */
export function serversOf({ hosts }: Pick<PostgresLocation, "hosts">): string {
  return `The PostgreSQL server ${hosts.map(formatHost).join(", ")}`;
}

function describeRefusal(error: DatabaseError, location: PostgresLocation): string {
  const { user, database, password, passwordFile } = location;
  const server = serversOf(location);
  switch (sqlState(error) ?? "") {
    case "28P01":
      return (password ?? passwordFile) === undefined
        ? `${server} asks for the password of the user ${user}. Put it into the URL in INSTALL_SUMMARY_STORE, or name its file with storePasswordFile.`
        : `${server} does not accept the password of the user ${user}, or has no such user.`;
    case "28000":
      return `${server} does not let the user ${user} into the database ${database}: ${error.message}.`;
    case "3D000":
      return `${server} has no database ${database}. Create it, with the encoding UTF8.`;
    case "42501":
      return (
        `${server} does not let the user ${user} do what the store needs in the database ${database}: ${error.message}. ` +
        "Grant the right, or let another user make the tables."
      );
    default:
      return `${server} cannot serve the database ${database}: ${error.message}.`;
  }
}

/** What the driver says of a server that does not encrypt. */
const withoutTls = "The server does not support SSL connections";

/** Whether a connection was not made because of how it is encrypted, which stays as it is until a person changes it. */
function isWronglySet(cause: unknown): boolean {
  if (cause instanceof Error && cause.message === withoutTls) return true;
  return /^(?:certificate|notTls$|handshake$)/.test(connectionFaultOf(cause)?.kind ?? "");
}

function describeLink(cause: unknown, location: PostgresLocation): string {
  const server = serversOf(location);
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message === withoutTls) {
    return `${server} does not encrypt connections. Turn its TLS on, or, in a network that only you use, set sslmode=disable.`;
  }
  if (/timeout|timed out|in time/.test(message)) return `${server} does not respond.`;
  if (/standby/.test(message))
    return `${server} is a standby, which takes no changes. Name its primary server.`;
  const fault = connectionFaultOf(cause);
  if (fault === undefined) return `${server} closed the connection: ${message}.`;
  const help = fault.kind.startsWith("certificate") ? ` ${certificateHelp}` : "";
  return `${server} cannot be used: ${connectionFaultText(fault)}.${help}`;
}

const certificateHelp =
  "Name the certificate of its authority with sslrootcert, and the server as its certificate does.";
