import { encodeBase64 } from "../../text/base64.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { PlainResponse } from "../exchange/response.ts";

/** The response to one request of a batch. */
export interface ItemResponse {
  readonly id: string;
  readonly response: PlainResponse;
  readonly exchange: Exchange;
}

/** Formats the body of a batch's response. Source: OData JSON Format 4.01 §19. */
export function formatBatch(responses: readonly ItemResponse[]): string {
  return `{"responses":[${responses.map(formatItem).join(",")}]}`;
}

function formatItem({ id, response: { status, headers, body }, exchange }: ItemResponse): string {
  const { requestId, clientRequestId, method } = exchange;
  const ids = { "request-id": requestId, "client-request-id": clientRequestId };
  const head = `"id":${JSON.stringify(id)},"status":${status},"headers":${JSON.stringify({ ...headers, ...ids })}`;
  if (body === null || method === "HEAD") return `{${head}}`;
  return `{${head},"body":${formatBody(body, headers["Content-Type"] ?? "")}}`;
}

/** JSON as it is, a text as a JSON string, anything else as base64url. */
function formatBody(body: string, type: string): string {
  if (type.startsWith("application/json")) return body;
  return JSON.stringify(type.startsWith("text/") ? body : encodeBase64(body));
}
