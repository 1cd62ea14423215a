import { errorResponse, type PlainResponse } from "../../graph/exchange/response.ts";
import type { RequestIds } from "../../graph/exchange/exchange.ts";
import { graphErrorStatus } from "../../http/graph-error-code.ts";
import { GraphError } from "../../http/graph-error.ts";

/** The response with a status that the contract has, in Graph's form; any other is a gateway's page of HTML. */
export function faultResponse(status: number, ids: RequestIds): PlainResponse {
  const message = `The memory service was told to respond with ${status}.`;
  const [code] = Object.entries(graphErrorStatus).find(([, one]) => one === status) ?? [];
  if (code === undefined)
    return { status, headers: { "Content-Type": "text/html" }, body: `<p>${message}</p>` };
  // No seconds to wait, so that no test waits.
  return errorResponse(new GraphError({ status, code, message, retryAfter: 0 }), ids);
}
