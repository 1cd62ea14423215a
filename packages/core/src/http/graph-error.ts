/** The error codes of the contract with the HTTP status that each one has. */
export const graphErrorStatus = {
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

/** A code of the contract. A server may answer others: `GraphError.code` is any text. */
export type GraphErrorCode = keyof typeof graphErrorStatus;

/** One fault of a request that has several. */
export interface GraphErrorDetail {
  readonly code: string;
  readonly message: string;
  /** The property at fault. */
  readonly target?: string;
}

/** Everything that a `GraphError` can be made of. */
export interface GraphErrorInit {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Graph's narrower word for the same fault, such as `resourceModified`. */
  readonly innerCode?: string | undefined;
  readonly target?: string | undefined;
  readonly details?: readonly GraphErrorDetail[] | undefined;
  readonly requestId?: string | undefined;
  /** Seconds to wait before the next try. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** An error answer as it stands on the wire. Source: Microsoft Graph, error responses and resource types. */
export interface GraphErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly target?: string;
    readonly details?: readonly GraphErrorDetail[];
    readonly innerError: {
      readonly code?: string;
      readonly message?: string;
      /** UTC without zone, such as `2023-06-23T12:19:44`. */
      readonly date?: string;
      readonly "request-id"?: string;
      readonly "client-request-id"?: string;
    };
  };
}

/** A request that the contract refuses, or the refusal that a server answered. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  /** The HTTP status. */
  readonly status: number;
  /** A code of the contract, or whatever the server answered. Branch on this, never on the message. */
  readonly code: string;
  declare readonly innerCode?: string;
  declare readonly target?: string;
  /** Every fault, the first one included, where there are two or more; else empty. */
  readonly details: readonly GraphErrorDetail[];
  /** The server's id of the request, for its logs. */
  declare readonly requestId?: string;
  /** Seconds to wait before the next try, where the server named them. */
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

  /** The body of the error answer, without a date. */
  toJSON(): GraphErrorBody {
    return graphErrorBody(this, this.requestId === undefined ? {} : { requestId: this.requestId });
  }
}

/** Makes an error of the contract; the status follows from the code. */
export function graphError(
  code: GraphErrorCode,
  message: string,
  rest: Omit<GraphErrorInit, "status" | "code" | "message"> = {},
): GraphError {
  return new GraphError({ ...rest, status: graphErrorStatus[code], code, message });
}

/**
 * Whether a caught value is a `GraphError`, also one of another copy of this package; with `code`, whether it
 * is that one.
 */
export function isGraphError(error: unknown, code?: GraphErrorCode | (string & {})): error is GraphError {
  return (
    error instanceof Error &&
    error.name === "GraphError" &&
    "code" in error &&
    "status" in error &&
    (code === undefined || error.code === code)
  );
}

/** The body of an error answer with what only the server of the request knows. */
export function graphErrorBody(
  error: GraphError,
  context: { readonly date?: Date; readonly requestId?: string; readonly clientRequestId?: string } = {},
): GraphErrorBody {
  return {
    error: {
      code: error.code,
      message: error.message,
      ...(error.target !== undefined && { target: error.target }),
      ...(error.details.length > 0 && { details: error.details }),
      innerError: {
        ...(error.innerCode !== undefined && { code: error.innerCode }),
        ...(error.code === "ModelValidationFailure" && { message: error.message }),
        ...(context.date !== undefined && { date: context.date.toISOString().slice(0, 19) }),
        ...(context.requestId !== undefined && { "request-id": context.requestId }),
        ...(context.clientRequestId !== undefined && { "client-request-id": context.clientRequestId }),
      },
    },
  };
}
