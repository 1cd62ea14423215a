import type { HTTPError } from "ky";
import * as z from "zod/mini";
import { GraphError, graphErrorStatus, type GraphErrorDetail } from "../http/graph-error.ts";
import { visibleText } from "../text/visible-text.ts";
import { parseRetryAfter } from "./timing.ts";

const text = z.catch(z.optional(z.string()), undefined);

// Lenient: an error is shown with as much of it as can be read.
const innerErrorSchema = z.catch(z.optional(z.object({ code: text, "request-id": text })), undefined);
const detailSchema = z.object({ code: z.string(), message: z.string(), target: text });
const errorBodySchema = z.object({
  error: z.object({
    code: z.string().check(z.minLength(1)),
    message: z.string(),
    target: text,
    details: z.catch(z.optional(z.array(detailSchema)), undefined),
    innerError: innerErrorSchema,
    // Older services of Graph write it so.
    innererror: innerErrorSchema,
  }),
});

/** An error response as `GraphError`, also one that has no body in Graph's form. */
export function parseErrorResponse({ response, request, data }: HTTPError): GraphError {
  const requestId = response.headers.get("request-id") ?? undefined;
  const retryAfter = parseRetryAfter(response.headers);
  const read = errorBodySchema.safeParse(data);
  if (!read.success) {
    return new GraphError({
      status: response.status,
      code: codeOf(response.status),
      message: foreignMessage(response, `${request.method} ${request.url}`, data),
      requestId,
      retryAfter,
    });
  }
  const { error } = read.data;
  const innerError = error.innerError ?? error.innererror;
  return new GraphError({
    status: response.status,
    code: error.code,
    message: error.message,
    innerCode: innerError?.code,
    target: error.target,
    details: error.details?.map(detail),
    requestId: innerError?.["request-id"] ?? requestId,
    retryAfter,
  });
}

function detail({
  code,
  message,
  target,
}: {
  code: string;
  message: string;
  target?: string | undefined;
}): GraphErrorDetail {
  return target === undefined ? { code, message } : { code, message, target };
}

/** The contract's code for a status; `UnknownError`, as Graph says, for other statuses. */
function codeOf(status: number): string {
  const known = Object.entries(graphErrorStatus).find(([, other]) => other === status);
  return known?.[0] ?? "UnknownError";
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
