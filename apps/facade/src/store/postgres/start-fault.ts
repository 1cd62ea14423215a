import { connectionFaultOf, connectionFaultText, UserError } from "@install-summary/command-line/errors";
import { DatabaseError } from "./pg.ts";
import { formatHost, type PostgresLocation } from "../postgres-location.ts";
import { ConnectionLost, NoConnection, sqlState, UnknownOutcome } from "./postgres-errors.ts";

/** The `UserError` for a fault of the database at a start: what happened, and what to do. Other errors stay as they are. */
export function startFault(error: unknown, location: PostgresLocation): unknown {
  const cause = error instanceof NoConnection ? error.cause : error;
  if (cause instanceof UserError) return cause;
  if (cause instanceof DatabaseError)
    return new UserError(describeRefusal(cause, location), { cause: error });
  if (error instanceof NoConnection) return new UserError(describeLink(cause, location), { cause: error });
  const server = serversOf(location);
  if (error instanceof UnknownOutcome) {
    const message = `${server} did not confirm what was written, which may be there. Run doctor to see what is there, then run the command again.`;
    return new UserError(message, { cause: error });
  }
  if (error instanceof ConnectionLost) {
    const message = `${server} ended the connection, or did not respond in time. Run it again once the server responds.`;
    return new UserError(message, { cause: error });
  }
  return error;
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

function describeLink(cause: unknown, location: PostgresLocation): string {
  const server = serversOf(location);
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message === "The server does not support SSL connections") {
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
