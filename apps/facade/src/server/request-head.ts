import { graphError } from "@install-summary/core";
import type { IncomingMessage } from "node:http";
import type { Limits } from "../settings/settings.ts";

/** What of the limits a request's head is held to. */
export type HeadLimits = Pick<Limits, "urlBytes" | "headerBytes">;

const mostHeaders = 100;

/** Refuses heads that Node's parser lets through and no other server on the way may read otherwise. */
export function checkHead(
  { url = "", httpVersion, headers, rawHeaders }: IncomingMessage,
  limits: HeadLimits,
): void {
  if (httpVersion !== "1.1" && httpVersion !== "1.0") {
    throw graphError("BadRequest", `HTTP/${httpVersion} is not supported. Use HTTP/1.1.`);
  }
  if (url.length > limits.urlBytes) throw urlTooLong(limits);
  if (rawHeaders.length / 2 > mostHeaders || sizeOf(rawHeaders) > limits.headerBytes) {
    throw headersTooLarge(limits);
  }
  if (!/^(?:\/|https?:\/\/)/.test(url)) {
    throw graphError("BadRequest", "The request target is neither a path nor a URL.");
  }
  if (countHosts(rawHeaders) !== 1 || headers.host === "") {
    throw graphError("BadRequest", "A request must have one Host header.");
  }
  const coding = headers["transfer-encoding"] ?? "chunked";
  if (coding.toLowerCase() !== "chunked") {
    throw graphError("BadRequest", "The only Transfer-Encoding that is supported is chunked.");
  }
}

export function urlTooLong({ urlBytes }: HeadLimits): Error {
  return graphError("UriTooLong", `The URL is longer than ${urlBytes} bytes.`);
}

export function headersTooLarge({ headerBytes }: HeadLimits): Error {
  return graphError(
    "RequestHeaderFieldsTooLarge",
    `The headers are larger than ${headerBytes} bytes, or more than ${mostHeaders}.`,
  );
}

function sizeOf(rawHeaders: readonly string[]): number {
  let size = 0;
  for (const text of rawHeaders) size += text.length + 2;
  return size;
}

function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === "host") count += 1;
  }
  return count;
}
