import { frozenCopy } from "../text/frozen-copy.ts";

const statuses = {
  BadRequest: 400,
  ModelValidationFailure: 400,
  InvalidAuthenticationToken: 401,
  Forbidden: 403,
  ResourceNotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  RequestTimeout: 408,
  Gone: 410,
  PreconditionFailed: 412,
  RequestEntityTooLarge: 413,
  UriTooLong: 414,
  UnsupportedMediaType: 415,
  FailedDependency: 424,
  PreconditionRequired: 428,
  TooManyRequests: 429,
  RequestHeaderFieldsTooLarge: 431,
  InternalServerError: 500,
  ServiceUnavailable: 503,
  GatewayTimeout: 504,
} as const;

/** The error codes of the contract, each with its HTTP status. */
export const graphErrorStatus: typeof statuses = /* @__PURE__ */ frozenCopy(statuses);

/** A code of the contract. `GraphError.code` is any text, because other servers have more codes. */
export type GraphErrorCode = keyof typeof graphErrorStatus;
