import { graphErrorStatus, type GraphErrorCode } from "@install-summary/core";
import * as z from "zod";
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";
import { error } from "./schemas.ts";

/** What each status of an error means. The texts say when it comes; the codes and statuses are the contract's table. */
const meanings: Readonly<Record<GraphErrorCode, string>> = {
  BadRequest: "The URL, a header or the body is not valid",
  ModelValidationFailure: "A member of the body is not valid; `details` has every fault",
  InvalidAuthenticationToken: "No token, or one that is not accepted; `WWW-Authenticate` says how to get one",
  Forbidden: "The token's holder may not do this",
  ResourceNotFound: "The tenant has no such app",
  MethodNotAllowed: "The path has no such method; `Allow` lists those that it has",
  NotAcceptable: "`Accept` names no form that is served",
  RequestTimeout: "The request did not arrive in time",
  Gone: "The cursor is older than the change log",
  PreconditionFailed: "The summary has another ETag, which the header `ETag` has",
  RequestEntityTooLarge: "The body is too large",
  UriTooLong: "The URL is too long",
  UnsupportedMediaType: "The type or the encoding of the body is not supported",
  FailedDependency: "In a batch: a request that this one depends on failed",
  PreconditionRequired: "The header `If-Match` is missing",
  TooManyRequests: "The caller sends too many requests; `Retry-After` says when to try again",
  RequestHeaderFieldsTooLarge: "The headers are too large",
  InternalServerError: "A fault of the service; its log has the reason by `request-id`",
  ServiceUnavailable: "The service is busy or its store fails; `Retry-After` says when to try again",
  GatewayTimeout: "The response was not ready in time; a change may have been made, or may still be",
};

const ids = {
  "request-id": z.string().meta({ description: "The service's id of the request" }),
  "client-request-id": z.string().meta({ description: "The caller's id of the request, or the same" }),
};
const retry = { "Retry-After": z.int().meta({ description: "Seconds to wait" }) };

/** The header with the version of a summary. */
export const etagHeader = {
  ETag: z.string().meta({ description: "The summary's version", examples: ['W/"7"'] }),
};

/** Further headers of the response with an error. */
const errorHeaders: Partial<Record<GraphErrorCode, Readonly<Record<string, z.ZodType>>>> = {
  InvalidAuthenticationToken: { "WWW-Authenticate": z.string() },
  PreconditionFailed: etagHeader,
  TooManyRequests: retry,
  ServiceUnavailable: retry,
};

/** A response with a body of a type. */
export function responseWith(
  description: string,
  content: Readonly<Record<string, z.ZodType>>,
  headers: Readonly<Record<string, z.ZodType>> = {},
): ZodOpenApiResponseObject {
  return {
    description,
    headers: z.object({ ...ids, ...headers }),
    content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }])),
  };
}

/** A response with JSON. */
export function jsonWith(
  description: string,
  schema: z.ZodType,
  headers: Readonly<Record<string, z.ZodType>> = {},
): ZodOpenApiResponseObject {
  return responseWith(description, { "application/json": schema }, headers);
}

/** A response without a body. */
export function withoutBody(
  description: string,
  headers: Readonly<Record<string, z.ZodType>> = {},
): ZodOpenApiResponseObject {
  return { description, headers: z.object({ ...ids, ...headers }) };
}

/** The responses with these errors, each by its status, and one for all others. */
export function errorResponses(codes: readonly GraphErrorCode[]): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, GraphErrorCode[]>();
  for (const code of codes) {
    const status = graphErrorStatus[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return {
    ...Object.fromEntries(
      [...byStatus].map(([status, those]) => [
        status,
        jsonWith(
          those.map(describe).join(". "),
          error,
          Object.assign({}, ...those.map((code) => errorHeaders[code])),
        ),
      ]),
    ),
    default: jsonWith(`Any other error: ${otherStatuses(byStatus).join(", ")}`, error),
  };
}

function describe(code: GraphErrorCode): string {
  return `\`${code}\`: ${meanings[code]}`;
}

/** Those that any request can get. */
const anywhere: readonly GraphErrorCode[] = [
  "BadRequest",
  "RequestTimeout",
  "UriTooLong",
  "RequestHeaderFieldsTooLarge",
  "InternalServerError",
  "ServiceUnavailable",
  "GatewayTimeout",
];

function otherStatuses(documented: ReadonlyMap<number, unknown>): readonly string[] {
  return anywhere
    .filter((code) => !documented.has(graphErrorStatus[code]))
    .map((code) => `${graphErrorStatus[code]} ${describe(code)}`);
}
