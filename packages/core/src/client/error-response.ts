import type { GraphError } from "../http/graph-error.ts";
import { errorWithoutBody, parseGraphError, type ErrorResponseHead } from "../http/read-graph-error.ts";
import { repeatedHeader } from "../http/repeated-header.ts";
import { visibleText } from "../text/visible-text.ts";
import { bodyWords } from "./body-words.ts";
import { ClientError } from "./errors.ts";

/** A response that is an error, and the request that it is of; ky's `HTTPError` has both. */
export interface FailedExchange {
  readonly response: Response;
  /** With the headers that were sent; without them nothing of the response is taken as said of a change. */
  readonly request: Pick<Request, "method" | "url"> & Partial<Pick<Request, "headers">>;
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
  const head = judgedHead(response, request, body);
  return parseGraphError(body, head) ?? errorWithoutBody(head, foreignMessage(response, request, body));
}

/**
 * A gateway may give requests ids of its own. The server has then looked up another id than that of this change, and what
 * it says of it does not count.
 */
function judgedHead(
  { status, headers }: Response,
  request: FailedExchange["request"],
  body: string,
): ErrorResponseHead {
  const sent = request.headers?.get(idHeader) ?? undefined;
  const isOurs =
    sent !== undefined && headers.get(idHeader) === sent && body.toLowerCase().includes(sent.toLowerCase());
  if (isOurs) return { status, headers };
  return { status, headers: { get: (name) => (name === repeatedHeader ? null : headers.get(name)) } };
}

const idHeader = "client-request-id";

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
