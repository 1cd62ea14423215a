import { STATUS_CODES, type ServerResponse } from "node:http";
import { answerHeaders } from "../http/response.ts";
import { errorAnswer } from "../http/error-response.ts";
import type { RequestIds } from "../http/request-ids.ts";

/** Refuses a request before there is a `Request` of it, and ends its connection. */
export function refuseRaw(outgoing: ServerResponse, error: unknown, ids: RequestIds): void {
  const { status, headers, body } = rawAnswer(error, ids);
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}

/** The same as bytes, for a connection on which no request was read. */
export function formatRefusal(error: unknown, ids: RequestIds): string {
  const { status, headers, body } = rawAnswer(error, ids);
  const lines = Object.entries({ ...headers, Date: new Date().toUTCString() });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${head}\r\n${body}`;
}

function rawAnswer(
  error: unknown,
  ids: RequestIds,
): { readonly status: number; readonly headers: Record<string, string>; readonly body: string } {
  const answer = errorAnswer(error, ids);
  const body = answer.body ?? "";
  const length = String(Buffer.byteLength(body));
  const headers = { ...answerHeaders(answer, ids), "Content-Length": length, Connection: "close" };
  return { status: answer.status, headers, body };
}
