import type { RequestIds } from "./request-ids.ts";

/** What a request is answered with, beside the headers that every answer has. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The headers of an answer, those that every answer has included. */
export function answerHeaders(
  answer: Answer,
  { requestId, clientRequestId }: RequestIds,
): Record<string, string> {
  return {
    "request-id": requestId,
    "client-request-id": clientRequestId,
    "Cache-Control": "private, no-store",
    Vary: "Accept, Accept-Encoding, Authorization, Prefer",
    "X-Content-Type-Options": "nosniff",
    ...answer.headers,
  };
}

/** Makes the response. All headers are there from the start: a later change would cost more than the request. */
export function toResponse(answer: Answer, ids: RequestIds, method: string): Response {
  const headers = answerHeaders(answer, ids);
  if (method !== "HEAD" || answer.body === null) {
    return new Response(answer.body, { status: answer.status, headers });
  }
  headers["Content-Length"] = String(Buffer.byteLength(answer.body));
  return new Response(null, { status: answer.status, headers });
}

/** An answer for people and probes. */
export function textAnswer(body: string): Answer {
  return { status: 200, headers: { "Content-Type": "text/plain; charset=utf-8" }, body };
}
