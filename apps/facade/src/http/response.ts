import type { RequestIds } from "./request-ids.ts";

/** A response as plain data: what differs between one response and the next. */
export interface PlainResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The headers of a response, including those that every response has. */
export function responseHeaders(
  { headers }: PlainResponse,
  { requestId, clientRequestId }: RequestIds,
): Record<string, string> {
  return {
    "request-id": requestId,
    "client-request-id": clientRequestId,
    "Cache-Control": "private, no-store",
    Vary: "Accept, Accept-Encoding, Authorization, Prefer",
    "X-Content-Type-Options": "nosniff",
    ...headers,
  };
}

/** Makes a `Response`. All headers are there from the start: a later change would cost more than the whole request. */
export function toResponse(plain: PlainResponse, ids: RequestIds, method: string): Response {
  const { status, body } = plain;
  const headers = responseHeaders(plain, ids);
  if (method !== "HEAD" || body === null) return new Response(body, { status, headers });
  headers["Content-Length"] = String(Buffer.byteLength(body));
  return new Response(null, { status, headers });
}

/** A 200 with text for people and probes. */
export function textResponse(body: string): PlainResponse {
  return { status: 200, headers: { "Content-Type": "text/plain; charset=utf-8" }, body };
}
