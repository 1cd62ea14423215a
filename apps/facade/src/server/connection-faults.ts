import { graphError } from "@install-summary/core";
import { LimitError } from "@install-summary/core/service";
import { METHODS, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Log } from "../log/log.ts";
import type { CrossOriginHeaders } from "../http/cross-origin.ts";
import type { Limits } from "../settings/settings.ts";
import type { Connections } from "./connections.ts";
import { maxHeadBytes, type WebServer } from "./create-server.ts";
import { linger } from "./linger.ts";
import { urlTooLong, type HeadLimits } from "./node-request.ts";
import { measureQuiet } from "./quiet-times.ts";
import { mayBeMade, refuseBytes, type NoteRefusal } from "./refusal.ts";

/** What the listener tells of a fault, and to whom. */
interface FaultParts {
  readonly log: Log;
  readonly note: NoteRefusal;
  readonly crossOriginHeaders: CrossOriginHeaders;
}

/** Makes the listener for bytes that are not a request. Node calls it up to twice for a connection. */
export function createRefuseConnection(
  connections: Connections,
  limits: HeadLimits & Pick<Limits, "requestSeconds">,
  { log, note, crossOriginHeaders }: FaultParts,
): (error: Error, socket: Duplex) => void {
  const refused = new WeakSet<Duplex>();
  const seconds = limits.requestSeconds;
  return (error, socket) => {
    if (refused.has(socket)) return;
    refused.add(socket);
    if (!connections.has(socket)) {
      logHandshake(log, error);
      socket.destroy();
      return;
    }
    const open = connections.open(socket);
    const last = open.findLast(({ incoming, outgoing }) => incoming.complete || outgoing.headersSent);
    for (const exchange of open) {
      // Bytes after a whole request must not take the place of the response to that request.
      if (exchange !== last && !exchange.incoming.complete) connections.drop(exchange);
    }
    if (!socket.writable) {
      socket.destroy();
    } else if (last !== undefined) {
      endBehind(last.outgoing, socket, seconds);
    } else if (open[0]?.refuse !== undefined) {
      // The body that is malformed is being read for a response.
      endBehind(open[0].outgoing, socket, seconds);
      open[0].refuse(parserError(error, limits));
    } else if (open.length === 0 && connections.isUnread(socket)) {
      // The bytes are the body of a request that has its response: a second one would be that of the next request.
      linger(socket, seconds);
    } else {
      if (open[0] !== undefined) open[0].isRefused = true;
      const { text } = rejectedText(error);
      // The response to HEAD has no body, in which a client would see the beginning of the next response.
      const hasBody = !text.startsWith("HEAD ");
      const extraHeaders = crossOriginHeaders(/^origin:[ \t]*(\S+)[ \t]*\r?$/im.exec(text)?.[1]);
      refuseBytes(socket, parserError(error, limits), note, { hasBody, extraHeaders, seconds });
    }
  };
}

/** Ends a connection behind a response. Bytes that still come must not put off the deadline of the response. */
function endBehind(outgoing: ServerResponse, socket: Duplex, seconds: number): void {
  outgoing.shouldKeepAlive = false;
  const stopReading = (): unknown => socket.pause();
  socket.on("resume", stopReading);
  socket.pause();
  outgoing.once("close", () => {
    socket.off("resume", stopReading);
    linger(socket, seconds);
  });
}

/**
 * Has connections ended on which nothing was sent, taken or received for `responseSeconds`. A response that has begun is
 * cut, and the log says so; one that has not becomes a 504.
 */
export function endUnread(
  server: Pick<WebServer, "setTimeout">,
  connections: Connections,
  { responseSeconds }: Pick<Limits, "responseSeconds">,
  log: Pick<Log, "warn">,
): void {
  const quiet = measureQuiet(responseSeconds * 1000);
  server.setTimeout(quiet.step, (socket) => {
    if (!quiet.isOver(socket)) {
      socket.setTimeout(quiet.step);
      return;
    }
    const current = connections.current(socket);
    if (current === undefined) {
      socket.destroy();
      return;
    }
    const { incoming, outgoing, refuse, response } = current;
    if (outgoing.headersSent) {
      const requestId = response?.headers.get("request-id") ?? undefined;
      log.warn({ requestId, method: incoming.method, reason: "responseSeconds" }, "response cut");
      socket.destroy();
      return;
    }
    // A request that is still arriving has a time limit of its own.
    if (!incoming.complete || refuse === undefined) return;
    const late = `The response was not ready within ${responseSeconds} seconds.`;
    const error = new LimitError({
      limit: "responseSeconds",
      code: "GatewayTimeout",
      message: late + mayBeMade(incoming),
    });
    outgoing.shouldKeepAlive = false;
    refuse(error);
  });
}

/** A client that does not trust the certificate says so in the handshake, and then no request comes. */
function logHandshake(log: Log, error: Error): void {
  const code = "code" in error ? error.code : undefined;
  if (typeof code === "string" && code.startsWith("ERR_SSL_")) log.info({ code }, "TLS handshake failed");
}

/** The error of the contract for an error of Node's parser or its time limits. */
function parserError(error: Error, limits: HeadLimits): Error {
  const code = "code" in error ? error.code : undefined;
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return isInUrl(error, limits) ? urlTooLong(limits) : headTooLarge(limits);
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return graphError("RequestEntityTooLarge", "The chunk extensions of the body are too large.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new LimitError({
        limit: "requestSeconds",
        code: "RequestTimeout",
        message: "The request did not arrive in time.",
      });
    default:
      return graphError("BadRequest", describeMalformed(error));
  }
}

/** The 431 for a head of which the parser does not tell whether its URL or its headers are too large. */
function headTooLarge(limits: HeadLimits): Error {
  const bytes = maxHeadBytes(limits);
  return graphError(
    "RequestHeaderFieldsTooLarge",
    `The URL and the headers are larger than ${bytes} bytes together.`,
  );
}

/**
 * Node does not say whether the URL or the headers overran its buffer, but a request line that long does. It is seen
 * where all of it came in one read.
 */
function isInUrl(error: Error, { urlBytes }: HeadLimits): boolean {
  const [line = ""] = rejectedText(error).text.split("\n", 1);
  return /^[A-Z]+ /.test(line) && line.length > urlBytes;
}

const malformed = "The request is not well-formed HTTP/1.1.";

/** What is wrong with bytes that Node's parser rejects, and what to do where that can be told. */
function describeMalformed(error: Error): string {
  const { text, at } = rejectedText(error);
  const method = findMethod(text, at);
  const written = method?.toUpperCase();
  if (method === undefined || written === undefined || written === method || !METHODS.includes(written)) {
    return malformed;
  }
  return `${malformed} Methods are case-sensitive: write ${written} instead of ${method}.`;
}

/** The bytes in which Node's parser met an error, and where in them. */
function rejectedText(error: Error): { readonly text: string; readonly at: number } {
  const packet = "rawPacket" in error && error.rawPacket instanceof Uint8Array ? error.rawPacket : undefined;
  const at = "bytesParsed" in error && typeof error.bytesParsed === "number" ? error.bytesParsed : 0;
  return { text: Buffer.from(packet ?? []).toString("latin1"), at };
}

/** The method of a request line around the position where the parser stopped. */
function findMethod(text: string, at: number): string | undefined {
  const [before = ""] = /[A-Za-z]*$/.exec(text.slice(Math.max(0, at - maxMethodLength), at)) ?? [];
  return /^([A-Za-z]+) \S+ HTTP\/1\./.exec(before + text.slice(at, at + maxLineLength))?.[1];
}

const maxMethodLength = 16;
const maxLineLength = 16_384;
