import type { GraphError } from "../http/graph-error.ts";
import { errorWithoutBody, parseGraphError } from "../http/read-graph-error.ts";
import { visibleText } from "../text/visible-text.ts";
import { bodyWords } from "./body-words.ts";
import { ClientError } from "./errors.ts";

/** A response that is an error, and the request that it is of; ky's `HTTPError` has both. */
export interface FailedExchange {
  readonly response: Response;
  readonly request: Pick<Request, "method" | "url">;
}

/**
 * An error response, and the text of its body, as `GraphError`, also one that has no body in Graph's form; a redirect
 * without a status is a `ClientError`.
 */
export function parseErrorResponse(
  { response, request }: FailedExchange,
  body: string,
): GraphError | ClientError {
  if (response.status === 0) return new ClientError("Redirected", redirectMessage(request, "another URL"));
  return (
    parseGraphError(body, response) ?? errorWithoutBody(response, foreignMessage(response, request, body))
  );
}

function redirectMessage({ method, url }: FailedExchange["request"], location: string): string {
  return `${method} ${url} was redirected to ${visibleText(location, 200)}. Redirects are not followed: use the final URL as base URL.`;
}

function foreignMessage(response: Response, request: FailedExchange["request"], body: string): string {
  const location = response.headers.get("location");
  if (location !== null) return redirectMessage(request, location);
  const status = `${response.status} ${response.statusText}`.trim();
  const said = bodyWords(body);
  const without = `${request.method} ${request.url} returned ${status} without a Graph error body`;
  return said === "" ? `${without}.` : `${without}: ${said}`;
}
