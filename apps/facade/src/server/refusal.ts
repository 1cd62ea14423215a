import {
  createRequestIds,
  errorResponse,
  responseHeaders,
  toGraphError,
  toResponse,
  type RequestIds,
} from "@install-summary/core/service";
import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Log } from "../log/log.ts";
import type { ExtraHeaders } from "../http/cross-origin.ts";
import { linger } from "./linger.ts";

/** Responds with an error to a request that does not reach the app, and ends the connection. */
export function refuseRequest(
  outgoing: ServerResponse,
  error: unknown,
  log: Log,
  extraHeaders?: ExtraHeaders,
): void {
  const { status, headers, body } = refusalOf(error, log, extraHeaders);
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}

/** Responds with an error on a connection on which no request could be read, and ends it. */
export function refuseBytes(socket: Duplex, error: unknown, log: Log, hasBody = true): void {
  const { status, headers, body } = refusalOf(error, log);
  const lines = Object.entries({ ...headers, Date: new Date().toUTCString() });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${hasBody ? body : ""}`);
  linger(socket);
}

/** An error as a response that takes the place of the app's. It is logged where the app's own line says something else. */
export function errorAsResponse(error: unknown, log?: Log, extraHeaders?: ExtraHeaders): Response {
  const ids = { ...createRequestIds(null), extraHeaders };
  if (log !== undefined) logRefusal(log, ids, error);
  return toResponse(errorResponse(error, ids), ids, "GET");
}

interface Refusal {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function refusalOf(error: unknown, log: Log, extraHeaders?: ExtraHeaders): Refusal {
  const ids = { ...createRequestIds(null), extraHeaders };
  logRefusal(log, ids, error);
  const response = errorResponse(error, ids);
  const body = response.body ?? "";
  const length = String(Buffer.byteLength(body));
  const headers = { ...responseHeaders(response, ids), "Content-Length": length, Connection: "close" };
  return { status: response.status, headers, body };
}

/** The app has no line of what the server itself responds to. */
function logRefusal(log: Log, { requestId }: RequestIds, error: unknown): void {
  const { status, code } = toGraphError(error);
  log.info({ requestId, status, code }, "refused");
}
