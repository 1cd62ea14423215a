import { notFit, requireMembers } from "../text/require-members.ts";

/** One fault of a request that has several, as it is on the wire. */
export interface GraphErrorDetail {
  readonly code: string;
  readonly message: string;
  /** The property at fault. */
  readonly target?: string;
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

/** What only the server of a request knows about its error. */
export interface GraphErrorContext {
  readonly date?: Date | undefined;
  readonly requestId?: string | undefined;
  readonly clientRequestId?: string | undefined;
}

/** What the body of an error response is made of; a `GraphError` has it. */
export interface GraphErrorFields {
  readonly code: string;
  readonly message: string;
  readonly innerCode?: string | undefined;
  readonly target?: string | undefined;
  readonly details: readonly GraphErrorDetail[];
}

/** Makes the body of an error response. Throws `TypeError` for anything but the fields of an error and a context. */
export function graphErrorBody(error: GraphErrorFields, context: GraphErrorContext = {}): GraphErrorBody {
  if (typeof error !== "object" || error === null || !Array.isArray(error.details)) {
    throw notFit("error of graphErrorBody", error, "an error with details");
  }
  requireMembers("context of graphErrorBody", context);
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
