import type { PairIdentity } from "../format/golden-pair.ts";
import type { MemoryRequest, MemoryResponse } from "./message.ts";

/** A web request as the service handles it, with its body read. */
export function toMemoryRequest(
  request: Request,
  body: ArrayBuffer,
  identify: (authorization: string | undefined) => PairIdentity,
): MemoryRequest {
  const { origin, pathname, search } = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  return {
    method: request.method,
    base: `${origin}/beta`,
    path: pathname + search,
    headers,
    body: new Uint8Array(body),
    identity: identify(headers["authorization"]),
  };
}

/** A response as `fetch` resolves with it. */
export function toWebResponse(method: string, { status, headers, body }: MemoryResponse): Response {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const hasBody = method !== "HEAD" && status !== 204 && status !== 304;
  return new Response(hasBody ? text : null, { status, headers });
}
