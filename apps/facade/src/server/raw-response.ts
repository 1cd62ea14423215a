import { STATUS_CODES, type ServerResponse } from "node:http";
import { errorResponse, type RequestIds, responseHeaders } from "@install-summary/core/service";

/** Responds with an error before there is a `Request`, and ends the connection. */
export function sendRawError(outgoing: ServerResponse, error: unknown, ids: RequestIds): void {
  const { status, headers, body } = rawError(error, ids);
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}

/** The same as text, for a connection on which no request was read. */
export function formatRawError(error: unknown, ids: RequestIds): string {
  const { status, headers, body } = rawError(error, ids);
  const lines = Object.entries({ ...headers, Date: new Date().toUTCString() });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${body}`;
}

interface RawResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function rawError(error: unknown, ids: RequestIds): RawResponse {
  const response = errorResponse(error, ids);
  const body = response.body ?? "";
  const length = String(Buffer.byteLength(body));
  const headers = { ...responseHeaders(response, ids), "Content-Length": length, Connection: "close" };
  return { status: response.status, headers, body };
}
