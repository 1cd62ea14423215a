import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import type { Connections } from "./connections.ts";
import { toGraphError } from "../http/error-response.ts";
import type { HeadLimits } from "./request-head.ts";
import { parserError } from "./parser-error.ts";
import { formatRefusal } from "./raw-response.ts";
import { createRequestIds } from "../http/request-ids.ts";

/** How long a refused connection may go on sending before it is cut, so that it can read its answer. */
const lingerMilliseconds = 500;

/** Makes the listener for bytes that are no request. Node calls it up to twice for a connection. */
export function createRefuseConnection(
  connections: Connections,
  limits: HeadLimits,
  log: Logger,
): (error: Error, socket: Duplex) => void {
  const refused = new WeakSet<Duplex>();
  return (error, socket) => {
    if (refused.has(socket)) return;
    refused.add(socket);
    const open = connections.open(socket);
    const last = open.at(-1);
    // What follows a whole request must not take the place of that request's answer.
    const isAnswering = open.some(({ incoming, outgoing }) => incoming.complete || outgoing.headersSent);
    if (!socket.writable) {
      socket.destroy();
    } else if (isAnswering && last !== undefined) {
      last.outgoing.shouldKeepAlive = false;
      last.outgoing.once("close", () => linger(socket));
    } else {
      const ids = createRequestIds(null);
      const fault = parserError(error, limits);
      const { status, code } = toGraphError(fault);
      log.info({ requestId: ids.requestId, status, code }, "refused");
      socket.write(formatRefusal(fault, ids));
      linger(socket);
    }
  };
}

function linger(socket: Duplex): void {
  socket.end();
  socket.resume();
  setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
}
