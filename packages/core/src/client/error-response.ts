import type { HTTPError } from "ky";
import * as z from "zod/mini";
import { GraphError, graphErrorStatus, type GraphErrorDetail } from "../http/graph-error.ts";
import { visibleText } from "../text/visible-text.ts";
import { readRetryAfter } from "./retry-after.ts";

const text = z.catch(z.optional(z.string()), undefined);

// Lenient: an error is shown with whatever of it can be read.
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

/** The error that a server answered, as a `GraphError`; also where the answer is none of Graph's. */
export function answeredError({ response, request, data }: HTTPError): GraphError {
  const requestId = response.headers.get("request-id") ?? undefined;
  const retryAfter = readRetryAfter(response.headers);
  const read = errorBodySchema.safeParse(data);
  if (!read.success) {
    return new GraphError({
      status: response.status,
      code: codeOf(response.status),
      message: strangeAnswer(response, `${request.method} ${request.url}`, data),
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

/** The contract's word for a status, or Graph's for those that it has none for. */
function codeOf(status: number): string {
  const known = Object.entries(graphErrorStatus).find(([, other]) => other === status);
  return known?.[0] ?? "UnknownError";
}

function strangeAnswer(response: Response, request: string, data: unknown): string {
  const location = response.headers.get("location");
  if (location !== null) {
    return `${request} was answered with a redirect to ${visibleText(location, 200)}, which is not followed. Use the final URL as base URL.`;
  }
  const status = `${response.status} ${response.statusText}`.trim();
  const said = typeof data === "string" ? data.trim() : "";
  const shown = said === "" ? "" : ` It says: ${visibleText(said, 200)}`;
  return `${request} was answered with ${status} and no error in Graph's form.${shown}`;
}
