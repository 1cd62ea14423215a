import type { OutgoingHttpHeaders } from "node:http";
import { rewriteResponse } from "./rewrite-response.ts";
import type { Exchange } from "./serve-summary.ts";

/** What a gateway makes of the `client-request-id` of a request, and of its response. */
export type IdChange = (exchange: Exchange) => void;

const idHeader = "client-request-id";

function sent(idOf: (id: string, before: number) => string | undefined, method?: string): IdChange {
  return ({ request, before }) => {
    if (method !== undefined && request.method !== method) return;
    request.headers[idHeader] = idOf(String(request.headers[idHeader]), before);
  };
}

function received(change: (headers: OutgoingHttpHeaders) => void): IdChange {
  return (exchange) => rewriteResponse(exchange, change);
}

/** Gateways by what they do with ids. */
export const idChanges: readonly (readonly [what: string, change: IdChange])[] = [
  ["keeps ids", () => undefined],
  ["gives each write a new id", sent((_, before) => `gateway-${before}`, "PATCH")],
  ["gives each request a new id", sent((_, before) => `gateway-${before}`)],
  ["gives all writes one id", sent(() => "gateway", "PATCH")],
  ["gives all requests one id", sent(() => "gateway")],
  ["takes the ids of writes away", sent(() => undefined, "PATCH")],
  ["takes ids away", sent(() => undefined)],
  ["writes ids in lower case", sent((id) => id.toLowerCase())],
  ["cuts ids", sent((id) => id.slice(0, 8))],
  ["takes ids out of responses", received((headers) => delete headers[idHeader])],
  ["puts ids of its own into responses", received((headers) => (headers[idHeader] = "gateway"))],
  [
    "hides that it adds to the ids of writes",
    (exchange) => {
      if (exchange.request.method !== "PATCH") return;
      const own = exchange.request.headers[idHeader];
      sent((id) => `${id}-hop1`, "PATCH")(exchange);
      rewriteResponse(exchange, (headers) => (headers[idHeader] = own));
    },
  ],
  [
    "hides that it gives each write a new id",
    (exchange) => {
      if (exchange.request.method !== "PATCH") return;
      const own = exchange.request.headers[idHeader];
      sent((_, before) => `gateway-${before}`, "PATCH")(exchange);
      rewriteResponse(exchange, (headers) => (headers[idHeader] = own));
    },
  ],
  [
    "hides that it gives all writes one id",
    (exchange) => {
      if (exchange.request.method !== "PATCH") return;
      const own = exchange.request.headers[idHeader];
      sent(() => "gateway", "PATCH")(exchange);
      rewriteResponse(exchange, (headers) => (headers[idHeader] = own));
    },
  ],
];
