import { STATUS_CODES, type ServerResponse } from "node:http";
import { answerHeaders } from "./answer.ts";
import { errorAnswer } from "./error-answer.ts";
import type { RequestIds } from "./request-ids.ts";

/** Refuses a request before there is a `Request` of it, and ends its connection. */
export function refuseRaw(outgoing: ServerResponse, error: unknown, ids: RequestIds): void {
  const answer = errorAnswer(error, ids);
  outgoing.writeHead(answer.status, { ...answerHeaders(answer, ids), Connection: "close" });
  outgoing.end(answer.body);
}

/** The same as bytes, for a connection on which no request was read. */
export function formatRefusal(error: unknown, ids: RequestIds): string {
  const answer = errorAnswer(error, ids);
  const body = answer.body ?? "";
  const headers = {
    ...answerHeaders(answer, ids),
    Date: new Date().toUTCString(),
    "Content-Length": Buffer.byteLength(body),
    Connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ""}\r\n${lines.join("")}\r\n${body}`;
}
