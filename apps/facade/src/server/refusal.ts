import {
  createRequestIds,
  errorResponse,
  LimitError,
  responseHeaders,
  toGraphError,
  toResponse,
  type RequestIds,
} from "@install-summary/core/service";
import { STATUS_CODES, type IncomingMessage } from "node:http";
import { logRefusal } from "../log/log-refusal.ts";
import type { Log } from "../log/log.ts";
import { isListed, isPreflight, preflightHeaders, type ExtraHeaders } from "../http/cross-origin.ts";
import { linger, type Lingering } from "./linger.ts";
import { headersOf } from "./node-request.ts";
import type { NodeExchange } from "./read-body.ts";

/** Is told of a request that the server itself responds to, so that the app has no line of it. */
export type NoteRefusal = (ids: RequestIds, error: unknown) => void;

/** Makes what logs each refusal, and tells a counter which limit or which fault it was for. */
export function createNoteRefusal(log: Log, onRefused: (reason: string) => void = () => {}): NoteRefusal {
  return ({ requestId }, thrown) => {
    const error = toGraphError(thrown);
    logRefusal(log, { requestId, status: error.status }, error);
    onRefused(error instanceof LimitError ? error.limit : error.code);
  };
}

/**
 * Responds with an error to a request that does not reach the app, and ends the connection. A preflight of a listed origin
 * is allowed instead: the page can read the refusal of the request that follows it.
 */
export function refuseRequest(
  { incoming, outgoing }: NodeExchange,
  error: unknown,
  note: NoteRefusal,
  extraHeaders?: ExtraHeaders,
): void {
  const request = { method: incoming.method ?? "", headers: headersOf(incoming) };
  if (isListed(extraHeaders) && isPreflight(request)) {
    const allowed = { status: 204, headers: preflightHeaders(request.headers), body: null };
    const headers = responseHeaders(allowed, { ...createRequestIds(null), extraHeaders });
    outgoing.writeHead(allowed.status, { ...headers, Connection: "close" });
    outgoing.end();
    return;
  }
  const { status, headers, body } = refusalOf(error, note, extraHeaders);
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}

/** What a response on a connection on which no request could be read is like. */
export interface BytesRefusal {
  readonly hasBody?: boolean;
  readonly extraHeaders?: ExtraHeaders | undefined;
  /** How long the caller may go on sending behind it. */
  readonly seconds: number;
}

/** Responds with an error on a connection on which no request could be read, and ends it. */
export function refuseBytes(
  socket: Lingering,
  error: unknown,
  note: NoteRefusal,
  { hasBody = true, extraHeaders, seconds }: BytesRefusal,
): void {
  const { status, headers, body } = refusalOf(error, note, extraHeaders);
  const lines = Object.entries({ ...headers, Date: new Date().toUTCString() });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${hasBody ? body : ""}`);
  linger(socket, seconds);
}

/** An error as the response to a request that does not reach the app. */
export function errorAsResponse(error: unknown, note: NoteRefusal): Response {
  const ids = createRequestIds(null);
  note(ids, error);
  return toResponse(errorResponse(error, ids), ids, "GET");
}

/** What to add to the words of an error that a request gets while it is worked on: a change may be made all the same. */
export function mayBeMade({ method, complete }: Pick<IncomingMessage, "method" | "complete">): string {
  const isWrite = method === "PATCH" || method === "POST";
  return isWrite && complete
    ? " The change may have been made, or may still be. Read again before you repeat it."
    : "";
}

interface Refusal {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function refusalOf(error: unknown, note: NoteRefusal, extraHeaders?: ExtraHeaders): Refusal {
  const ids = { ...createRequestIds(null), extraHeaders };
  note(ids, error);
  const response = errorResponse(error, ids);
  const body = response.body ?? "";
  const length = String(Buffer.byteLength(body));
  const headers = { ...responseHeaders(response, ids), "Content-Length": length, Connection: "close" };
  return { status: response.status, headers, body };
}
