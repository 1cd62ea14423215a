import type { HTTPError } from "ky";
import type { GraphError } from "../http/graph-error.ts";
import { errorWithoutBody, parseGraphError } from "../http/read-graph-error.ts";
import { visibleText } from "../text/visible-text.ts";

/** An error response as `GraphError`, also one that has no body in Graph's form. */
export function parseErrorResponse({ response, request, data }: HTTPError): GraphError {
  return (
    parseGraphError(data, response) ??
    errorWithoutBody(response, foreignMessage(response, `${request.method} ${request.url}`, data))
  );
}

function foreignMessage(response: Response, request: string, data: unknown): string {
  const location = response.headers.get("location");
  if (location !== null) {
    return `${request} was redirected to ${visibleText(location, 200)}. Redirects are not followed: use the final URL as base URL.`;
  }
  const status = `${response.status} ${response.statusText}`.trim();
  const said = typeof data === "string" ? data.trim() : "";
  const without = `${request} returned ${status} without a Graph error body`;
  return said === "" ? `${without}.` : `${without}: ${visibleText(said, 200)}`;
}
