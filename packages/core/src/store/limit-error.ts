import { GraphError } from "../http/graph-error.ts";
import { graphErrorStatus, type GraphErrorCode } from "../http/graph-error-code.ts";

/** The codes of requests that are above a limit. */
type LimitCode = Extract<
  GraphErrorCode,
  | "RequestTimeout"
  | "RequestEntityTooLarge"
  | "UriTooLong"
  | "TooManyRequests"
  | "RequestHeaderFieldsTooLarge"
  | "ServiceUnavailable"
  | "GatewayTimeout"
>;

/** What a request above a limit gets. */
export interface LimitExcess {
  /** The limit, by its name in the settings where it has one, for logs and metrics. The caller is not told. */
  readonly limit: string;
  readonly code: LimitCode;
  readonly message: string;
  readonly innerCode?: string;
  /** Seconds to wait before a retry. */
  readonly retryAfter?: number;
}

/** The error of a request above a limit of the service. */
export class LimitError extends GraphError {
  readonly limit: string;

  constructor({ limit, code, ...rest }: LimitExcess) {
    super({ ...rest, code, status: graphErrorStatus[code] });
    this.limit = limit;
  }
}

/** How large a body may be, and by which limit. */
export interface ByteLimit {
  readonly limit: string;
  readonly maxBytes: number;
}

/** The 413 for a body that is larger than a limit. */
export function bodyTooLarge({ limit, maxBytes }: ByteLimit): LimitError {
  const message = `The body is larger than ${maxBytes} bytes.`;
  return new LimitError({ limit, code: "RequestEntityTooLarge", message });
}

/** The 503 of a request above a limit of what goes on at the same time, with the seconds after which to try again. */
export function busy(limit: string, message: string, retryAfter: number): LimitError {
  return new LimitError({ limit, code: "ServiceUnavailable", message, retryAfter });
}

/** The 429 of a request that has to wait, with the seconds after which to try again and, where that helps, what else to do. */
export function throttled(limit: string, retryAfter: number, help?: string): LimitError {
  const message = "Please retry again later.";
  return new LimitError({
    limit,
    code: "TooManyRequests",
    message: help === undefined ? message : `${message} ${help}`,
    innerCode: "throttledRequest",
    retryAfter,
  });
}
