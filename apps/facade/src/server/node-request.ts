import { graphError, type HeaderReader } from "@install-summary/core";
import type { IncomingMessage, ServerResponse } from "node:http";
import { checkHeaderSize, LimitError, type RequestInput } from "@install-summary/core/service";
import type { Limits } from "../settings/settings.ts";
import type { RequestAccount } from "./caller-shares.ts";
import { readBytes, readChunks, type BodyReading, type BodyTimes, type NodeExchange } from "./read-body.ts";

/** The limits of a request's head. */
export type HeadLimits = Pick<Limits, "urlBytes" | "headerBytes">;

/** Refuses heads that Node's parser accepts but another server on the way might read in another way. */
export function checkHead(
  { url = "", httpVersion, headers, rawHeaders }: IncomingMessage,
  limits: HeadLimits,
): void {
  if (httpVersion !== "1.1" && httpVersion !== "1.0") {
    throw graphError("BadRequest", `HTTP/${httpVersion} is not supported. Use HTTP/1.1.`);
  }
  if (url.length > limits.urlBytes) throw urlTooLong(limits);
  checkHeaderSize(rawHeaders, limits.headerBytes);
  if (!/^(?:\/|https?:\/\/)/.test(url)) {
    throw graphError("BadRequest", "The request target is neither a path nor a URL.");
  }
  // No client sends a fragment, and what follows would be dropped: the end of a filter, or the dryRun of a change.
  if (url.includes("#")) {
    throw graphError("BadRequest", "The request target contains #. Write %23 for the sign itself.");
  }
  if (rawValues(rawHeaders, "host").length !== 1 || headers.host === "") {
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
  return new LimitError({
    limit: "urlBytes",
    code: "UriTooLong",
    message: `The URL is longer than ${urlBytes} bytes.`,
  });
}

/** What a request of Node brings, read without making a `Headers` or a stream of it. */
export function nodeInput(
  exchange: NodeExchange,
  { times, inTurn }: Pick<BodyReading, "inTurn"> & { readonly times: BodyTimes },
  { claim, holdBody }: RequestAccount,
): RequestInput {
  const { incoming, outgoing } = exchange;
  let abandoned: AbortSignal | undefined;
  return {
    headers: headersOf(incoming),
    connection: incoming.socket,
    remoteAddress: incoming.socket.remoteAddress,
    readBytes: (limit) => readBytes(exchange, limit, { times, hold: holdBody, inTurn }),
    readChunks: () => readChunks(exchange, times),
    // One signal for all requests of a batch: each more would listen to the same response.
    abandoned: () => (abandoned ??= abandonedSignal(outgoing)),
    claim,
    holdBody,
    cut: () => incoming.socket.destroy(),
  };
}

/** The headers of a request, by their names in lower case. */
export function headersOf(incoming: IncomingMessage): HeaderReader {
  return { get: (name) => readHeader(incoming, name) };
}

/** Whether a request announces a body. Source: RFC 9112 §6.3. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return (headers["content-length"] ?? "0") !== "0" || headers["transfer-encoding"] !== undefined;
}

/** Node keeps only the first of these when they are repeated, and two of them must never pass for one. */
const keptOnce: ReadonlySet<string> = new Set(["authorization", "content-type"]);

function readHeader({ headers, rawHeaders }: IncomingMessage, name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  if (typeof value !== "string") return value.join(", ");
  if (!keptOnce.has(name)) return value;
  const values = rawValues(rawHeaders, name);
  return values.length === 1 ? value : values.join(", ");
}

/** Every value of a header, in the order in which they were sent. */
function rawValues(rawHeaders: readonly string[], name: string): readonly string[] {
  const values: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const rawName = rawHeaders[at];
    if (rawName?.length === name.length && rawName.toLowerCase() === name) {
      values.push(rawHeaders[at + 1] ?? "");
    }
  }
  return values;
}

/** A signal that is aborted when the connection of a response has ended. */
function abandonedSignal(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController();
  if (outgoing.closed) controller.abort();
  else outgoing.once("close", () => controller.abort());
  return controller.signal;
}
