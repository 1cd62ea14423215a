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

/** One fault of a request that has several. */
export interface GraphErrorDetail {
  readonly code: string;
  readonly message: string;
  /** The property at fault. */
  readonly target?: string;
}

/** What a `GraphError` is made of. */
export interface GraphErrorInit {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Graph's narrower word for the same fault, such as `resourceModified`. */
  readonly innerCode?: string | undefined;
  readonly target?: string | undefined;
  readonly details?: readonly GraphErrorDetail[] | undefined;
  readonly requestId?: string | undefined;
  /** Seconds to wait before a retry. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The body of an error response. Members that are undefined are not in its JSON. Source: Microsoft Graph, error
 * responses and resource types.
 */
export interface GraphErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly target?: string | undefined;
    readonly details?: readonly GraphErrorDetail[] | undefined;
    readonly innerError: {
      readonly code?: string | undefined;
      readonly message?: string | undefined;
      /** UTC without zone, such as `2023-06-23T12:19:44`. */
      readonly date?: string | undefined;
      readonly "request-id"?: string | undefined;
      readonly "client-request-id"?: string | undefined;
    };
  };
}

/** The error of a request that the contract rejects, or that a server rejected. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  /** The HTTP status. */
  readonly status: number;
  /** A code of the contract or of the server. Branch on this, never on the message. */
  readonly code: string;
  declare readonly innerCode?: string;
  declare readonly target?: string;
  /** All faults where there are two or more, the first one included; otherwise empty. */
  readonly details: readonly GraphErrorDetail[];
  /** The server's id of the request, for its logs. */
  declare readonly requestId?: string;
  /** Seconds to wait before a retry, if the server said so. */
  declare readonly retryAfter?: number;

  constructor(init: GraphErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.status = init.status;
    this.code = init.code;
    this.details = init.details ?? [];
    if (init.innerCode !== undefined) this.innerCode = init.innerCode;
    if (init.target !== undefined) this.target = init.target;
    if (init.requestId !== undefined) this.requestId = init.requestId;
    if (init.retryAfter !== undefined) this.retryAfter = init.retryAfter;
  }

  /** The body of the error response, without a date. */
  toJSON(): GraphErrorBody {
    return graphErrorBody(this, { requestId: this.requestId });
  }
}

/** Makes an error of the contract. Its status follows from the code. */
export function graphError(
  code: GraphErrorCode,
  message: string,
  rest: Omit<GraphErrorInit, "status" | "code" | "message"> = {},
): GraphError {
  return new GraphError({ ...rest, status: graphErrorStatus[code], code, message });
}

/** Whether a caught value is a `GraphError`, with that code if one is given. Errors of other copies of this package count. */
export function isGraphError(error: unknown, code?: GraphErrorCode | (string & {})): error is GraphError {
  return (
    error instanceof Error &&
    error.name === "GraphError" &&
    "code" in error &&
    "status" in error &&
    (code === undefined || error.code === code)
  );
}

/** What only the server of a request knows about its error. */
export interface GraphErrorContext {
  readonly date?: Date | undefined;
  readonly requestId?: string | undefined;
  readonly clientRequestId?: string | undefined;
}

/** Makes the body of an error response. */
export function graphErrorBody(error: GraphError, context: GraphErrorContext = {}): GraphErrorBody {
  return {
    error: {
      code: error.code,
      message: error.message,
      target: error.target,
      details: error.details.length > 0 ? error.details : undefined,
      innerError: {
        code: error.innerCode,
        message: error.code === "ModelValidationFailure" ? error.message : undefined,
        date: context.date?.toISOString().slice(0, 19),
        "request-id": context.requestId,
        "client-request-id": context.clientRequestId,
      },
    },
  };
}
