import { graphError } from "@install-summary/core";
import type { IncomingMessage } from "node:http";
import type { Limits } from "../settings/settings.ts";

/** The limits of a request's head. */
export type HeadLimits = Pick<Limits, "urlBytes" | "headerBytes">;

const maxHeaders = 100;

/** Refuses heads that Node's parser accepts but another server on the way might read in another way. */
export function checkHead(
  { url = "", httpVersion, headers, rawHeaders }: IncomingMessage,
  limits: HeadLimits,
): void {
  if (httpVersion !== "1.1" && httpVersion !== "1.0") {
    throw graphError("BadRequest", `HTTP/${httpVersion} is not supported. Use HTTP/1.1.`);
  }
  if (url.length > limits.urlBytes) throw urlTooLong(limits);
  if (rawHeaders.length / 2 > maxHeaders || sizeOf(rawHeaders) > limits.headerBytes) {
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

/** Takes the colon of an empty port off the `Host`, which means the default one. Source: RFC 3986 §3.2.3. */
export function dropEmptyPort({ headers }: IncomingMessage): void {
  if (headers.host?.endsWith(":") === true) headers.host = headers.host.slice(0, -1);
}

/** The 414 for a URL above the limit. */
export function urlTooLong({ urlBytes }: HeadLimits): Error {
  return graphError("UriTooLong", `The URL is longer than ${urlBytes} bytes.`);
}

/** The 431 for headers above a limit. */
export function headersTooLarge({ headerBytes }: HeadLimits): Error {
  return graphError(
    "RequestHeaderFieldsTooLarge",
    `The headers are larger than ${headerBytes} bytes, or more than ${maxHeaders}.`,
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
