import { GraphError, type GraphErrorInit } from "../http/graph-error.ts";
import { errorWithoutBody, parseGraphError, type ErrorResponseHead } from "../http/read-graph-error.ts";
import { repeatedHeader } from "../http/repeated-header.ts";
import { visibleText } from "../text/visible-text.ts";
import { bodyWords } from "./body-words.ts";
import { ClientError } from "./errors.ts";
import { isSaidOf } from "./said-of.ts";

/** A response that is an error, and the request that it is of; ky's `HTTPError` has both. */
export interface FailedExchange {
  readonly response: Response;
  readonly request: Pick<Request, "method" | "url">;
  /** The `client-request-id` that it was sent with. Without one nothing of the response is taken as said of a change. */
  readonly clientRequestId?: string | undefined;
  /** Hides what the response repeats of its request, and what nobody else may read. */
  readonly hide: (text: string) => string;
}

/**
 * An error response, and the text of its body, as `GraphError`, also one that has no body in Graph's form; a redirect
 * without a status is a `ClientError`.
 */
export function parseErrorResponse(
  { response, request, clientRequestId, hide }: FailedExchange,
  body: string,
): GraphError | ClientError {
  if (response.status === 0) return new ClientError("Redirected", redirectMessage(request, "another URL"));
  const head = isSaidOf(clientRequestId, response.headers, body) ? response : withoutJudgement(response);
  const error =
    parseGraphError(body, head) ?? errorWithoutBody(head, foreignMessage(response, request, body));
  return withHidden(error, hide);
}

/** The same error with all its texts hidden in, the message first: made anew, since its stack and its record repeat them. */
function withHidden(error: GraphError, hide: FailedExchange["hide"]): GraphError {
  const { status, retryAfter, message } = error;
  const hidden = (_name: string, value: unknown): unknown =>
    typeof value === "string" ? hide(value) : value;
  const texts: GraphErrorInit = JSON.parse(
    JSON.stringify(Object.assign({ message }, error, { name: undefined })),
    hidden,
  );
  // A wait may be Infinity, which JSON does not have.
  return new GraphError({ ...texts, status, retryAfter });
}

/** The head of a response that says nothing of what became of a change. */
function withoutJudgement({ status, headers }: Response): ErrorResponseHead {
  return { status, headers: { get: (name) => (name === repeatedHeader ? null : headers.get(name)) } };
}

function redirectMessage({ method, url }: FailedExchange["request"], location: string): string {
  return `${method} ${url} was redirected to ${visibleText(location, 200)}. Redirects are not followed: use the final URL as base URL.`;
}

function foreignMessage(response: Response, request: FailedExchange["request"], body: string): string {
  const location = response.headers.get("location");
  if (location !== null) return redirectMessage(request, location);
  const said = bodyWords(body);
  const without = `${request.method} ${request.url} returned ${response.status} without a Graph error body`;
  return said === "" ? `${without}.` : `${without}: ${said}`;
}
