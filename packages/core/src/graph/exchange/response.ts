import { GraphError, graphError, isGraphError, type GraphErrorInit } from "../../http/graph-error.ts";
import { graphErrorBody } from "../../http/graph-error-body.ts";
import type { Exchange, RequestIds } from "./exchange.ts";

/** A response as plain data: what differs between one response and the next. */
export interface PlainResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** An error of the contract whose response has headers of its own, such as `Allow` or `WWW-Authenticate`. */
export class GraphErrorWithHeaders extends GraphError {
  readonly headers: Readonly<Record<string, string>>;

  constructor(error: GraphErrorInit, headers: Readonly<Record<string, string>>) {
    super(error);
    this.headers = headers;
  }
}

/** Makes a `Response`. All headers are there from the start: a later change would cost more than the whole request. */
export function toResponse(plain: PlainResponse, ids: RequestIds, method: string): Response {
  const { status, body } = plain;
  const headers = responseHeaders(plain, ids);
  if (method !== "HEAD" || body === null) return new Response(body, { status, headers });
  headers["Content-Length"] = String(new TextEncoder().encode(body).length);
  return new Response(null, { status, headers });
}

/** The request headers on which a response depends. */
export const variedBy = "Accept, Accept-Encoding, Authorization, Prefer";

/** The headers of a response, including those that every response has. */
export function responseHeaders(
  { headers }: PlainResponse,
  { requestId, clientRequestId, extraHeaders }: RequestIds,
): Record<string, string> {
  return {
    "request-id": requestId,
    "client-request-id": clientRequestId,
    "Cache-Control": "private, no-store",
    Vary: variedBy,
    "X-Content-Type-Options": "nosniff",
    ...extraHeaders,
    ...headers,
  };
}

/** A 200 with text for people and probes. */
export function textResponse(body: string): PlainResponse {
  return { status: 200, headers: { "Content-Type": "text/plain; charset=utf-8" }, body };
}

/** The one place where errors become responses. An error that is not the contract's is a 500 without its reason. */
export function errorResponse(thrown: unknown, ids: RequestIds, date: Date = new Date()): PlainResponse {
  const error = toGraphError(thrown);
  const { requestId, clientRequestId } = ids;
  return {
    status: error.status,
    headers: {
      "Content-Type": "application/json",
      ...retryAfter(error),
      ...(error instanceof GraphErrorWithHeaders && error.headers),
    },
    body: JSON.stringify(graphErrorBody(error, { date, requestId, clientRequestId })),
  };
}

/** The error that the caller gets: the thrown one if it is the contract's, else a 500 with the thrown one as cause. */
export function toGraphError(thrown: unknown): GraphError {
  if (isGraphError(thrown)) return thrown;
  const message = "An internal error occurred. See the service log for this request-id.";
  return graphError("InternalServerError", message, {
    cause: thrown instanceof Error ? thrown : new Error(String(thrown)),
  });
}

/** The methods of what can only be read. */
export const readingMethods: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** Throws the 405 for a method that is not among the allowed ones. */
export function checkMethod(method: string, allowed: readonly string[]): void {
  if (allowed.includes(method)) return;
  const message = "Specified HTTP method is not allowed for the request target.";
  throw new GraphErrorWithHeaders(graphError("MethodNotAllowed", message), { Allow: allowed.join(", ") });
}

/** The response to OPTIONS. */
export function optionsResponse(allowed: readonly string[]): PlainResponse {
  return { status: 204, headers: { Allow: allowed.join(", ") }, body: null };
}

/** Responds with a page that can only be read, and needs no token. */
export function servePage(
  { method }: Exchange,
  read: () => MaybePromise<PlainResponse>,
): MaybePromise<PlainResponse> {
  if (method === "OPTIONS") return optionsResponse(readingMethods);
  checkMethod(method, readingMethods);
  return read();
}

/** A value that is there, or that is still awaited. */
export type MaybePromise<Value> = Value | Promise<Value>;

/**
 * Goes on with a value: at once where it is there, later where it is awaited. A response that needs no waiting is made
 * in one turn, which costs less than an async function for each step.
 */
export function whenReady<Value, Next>(
  value: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Next>,
): MaybePromise<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}

function retryAfter({ status, retryAfter: seconds = 1 }: GraphError): Record<string, string> {
  const isTemporary = status === 429 || status === 503 || status === 504;
  return isTemporary ? { "Retry-After": String(seconds) } : {};
}
