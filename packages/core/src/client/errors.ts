import { isErrorNamed } from "../text/error-name.ts";

/**
 * What the client itself finds wrong.
 *
 * - `InvalidResponse`: a success that cannot be used, such as a sign-in page, an error with the status 200, one to a PATCH
 *   after which other values are there than were sent, or that is about another client-request-id, or one that is larger than 1 MiB, or 64 MiB for a page of a list.
 * - `Redirected`: a redirect, which is not followed, and which a browser does not show. Elsewhere it is a `GraphError`
 *   with its status.
 * - `ChangeNotRead`: the server confirmed the change with 204, and the summary could not be read after that.
 * - `PreconditionRequired`: a guard was asked for, and the host has no ETags. The change was not sent, or not again.
 * - `DryRunNotSupported`: the host does not know dry runs. It was not sent the change.
 * - `InvalidToken`, `TokenTimeout`: the token function gave no usable token, or none in time. Nothing was sent.
 */
export type ClientErrorCode =
  | "InvalidResponse"
  | "Redirected"
  | "ChangeNotRead"
  | "PreconditionRequired"
  | "DryRunNotSupported"
  | "InvalidToken"
  | "TokenTimeout";

/** A failure that no server has stated, so it has no HTTP status. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  declare readonly code: ClientErrorCode;
  /** The server's id of the request, where a response carried one. */
  declare readonly requestId: string | undefined;
  /** The ETag of a success of a PATCH, where other values are there than were sent: the version that it confirmed. */
  declare readonly confirmedETag: string | undefined;

  constructor(
    code: ClientErrorCode,
    message: string,
    rest: {
      readonly requestId?: string | undefined;
      readonly confirmedETag?: string | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, rest);
    this.code = code;
    this.requestId = rest.requestId;
    this.confirmedETag = rest.confirmedETag;
  }
}

/** True for a `ClientError`, also one of another copy of this package; with `code`, only for that one. */
export function isClientError(error: unknown, code?: ClientErrorCode): error is ClientError {
  return isErrorNamed(error, "ClientError") && "code" in error && (code === undefined || error.code === code);
}
