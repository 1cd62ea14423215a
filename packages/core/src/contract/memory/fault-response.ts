import { graphErrorStatus } from "../../http/graph-error-code.ts";
import { GraphError } from "../../http/graph-error.ts";
import type { MemoryRequest, MemoryResponse } from "./message.ts";
import { errorResponse, requestIds, withCommonHeaders } from "./responses.ts";

/** The response with a status that the contract has, in Graph's form; any other is a gateway's page of HTML. */
export function faultResponse(status: number, request: MemoryRequest): MemoryResponse {
  const message = `The memory service was told to respond with ${status}.`;
  const [code] = Object.entries(graphErrorStatus).find(([, one]) => one === status) ?? [];
  if (code === undefined)
    return { status, headers: { "content-type": "text/html" }, body: `<p>${message}</p>` };
  const ids = requestIds(request);
  // Whole seconds: none, so that no test waits.
  const headers: MemoryResponse["headers"] = [429, 503, 504].includes(status) ? { "retry-after": "0" } : {};
  return withCommonHeaders(errorResponse(new GraphError({ status, code, message }), ids, headers), ids);
}
