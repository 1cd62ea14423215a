import { graphError } from "@install-summary/core";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { toGraphError } from "../http/response.ts";
import { createRequestIds } from "../http/exchange.ts";
import type { Connections } from "./connections.ts";
import { formatRawError } from "./raw-response.ts";
import { headersTooLarge, urlTooLong, type HeadLimits } from "./request-head.ts";

/** How long a refused connection may go on sending before it is cut, so that the caller can read the response. */
const lingerMilliseconds = 500;

/** Makes the listener for bytes that are not a request. Node calls it up to twice for a connection. */
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
    // Bytes after a whole request must not take the place of the response to that request.
    const isResponding = open.some(({ incoming, outgoing }) => incoming.complete || outgoing.headersSent);
    if (!socket.writable) {
      socket.destroy();
    } else if (isResponding && last !== undefined) {
      last.outgoing.shouldKeepAlive = false;
      last.outgoing.once("close", () => linger(socket));
    } else {
      const ids = createRequestIds(null);
      const told = parserError(error, limits);
      const { status, code } = toGraphError(told);
      log.info({ requestId: ids.requestId, status, code }, "refused");
      socket.write(formatRawError(told, ids));
      linger(socket);
    }
  };
}

function linger(socket: Duplex): void {
  socket.end();
  socket.resume();
  setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
}

/** The error of the contract for an error of Node's parser or its time limits. */
function parserError(error: Error, limits: HeadLimits): Error {
  const code = "code" in error ? error.code : undefined;
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return isInUrl(error, limits) ? urlTooLong(limits) : headersTooLarge(limits);
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return graphError("RequestEntityTooLarge", "The chunk extensions of the body are too large.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return graphError("RequestTimeout", "The request did not arrive in time.");
    default:
      return graphError("BadRequest", "The request is not well-formed HTTP/1.1.");
  }
}

/** Node does not say whether the URL or the headers overran its buffer, but a request line that long does. */
function isInUrl(error: Error, { urlBytes }: HeadLimits): boolean {
  const packet =
    "rawPacket" in error && error.rawPacket instanceof Uint8Array ? error.rawPacket : new Uint8Array();
  const [line = ""] = Buffer.from(packet).toString("latin1").split("\n", 1);
  return /^[A-Z]+ /.test(line) && line.length > urlBytes;
}
