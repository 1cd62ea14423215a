import { isGraphError } from "../http/graph-error.ts";
import { isNoResponseError } from "../http/no-response-error.ts";
import { isErrorNamed } from "../text/error-name.ts";
import { isUnsent } from "./unsent-errors.ts";
import { withCauses } from "./with-causes.ts";

/**
 * What a failed PATCH says about its change.
 *
 * - `refused`: the change was certainly not applied: the server refused it, or it was never sent.
 * - `busy`: the server asks to wait and send it again: 429, or 503. A 429 was not applied; a 503 may have been, since a
 *   gateway sends it too when the server behind it has already committed.
 * - `unknown`: the change may have been applied: no response, a timeout, 408, any other 5xx, a success that cannot be used,
 *   an `UnconfirmedChangeError`, the reason of your own signal, or an error that is not known. Only reading tells.
 */
export type FailureClass = "refused" | "busy" | "unknown";

/** Decides what an error that a PATCH was rejected with says about the change. */
export function classifyFailure(error: unknown): FailureClass {
  if (isGraphError(error)) return classifyStatus(error.status);
  // A plain `fetch` throws a `TypeError`.
  if (isNoResponseError(error) || isErrorNamed(error, "TypeError"))
    return isUnsent(error) || wasNeverSent(error) ? "refused" : "unknown";
  if (isErrorNamed(error, "ClientError")) return followsSuccess.test(codeOf(error)) ? "unknown" : "refused";
  // What ends a request that is under way, such as the reason of the caller's signal, may be any value.
  return isUnsent(error) || isErrorNamed(error, "EditConflictError") ? "refused" : "unknown";
}

/** Codes of the client's errors about a success: one that cannot be used, which a sign-in page may have sent, and a 204. */
const followsSuccess = /^(?:InvalidResponse|ChangeNotRead)$/;

/** What `nextStep` needs to know about a failure. A program adds what it shows to a person. */
export interface FailureFacts {
  readonly class: FailureClass;
  /** The HTTP status of the response; undefined where none came. */
  readonly status: number | undefined;
  /** Seconds that the server asks to wait. */
  readonly retryAfter: number | undefined;
  /**
   * True where the server has looked the change up in its record: it was not applied, and cannot be any more, however
   * often it was sent under this guard.
   */
  readonly notApplied?: boolean | undefined;
  /** The ETag of a success after which other values are there than were sent: the version that it confirmed. */
  readonly confirmedETag?: string | undefined;
}

/** The facts about an error that a PATCH or a GET was rejected with. */
export function readFailureFacts(error: unknown): FailureFacts {
  const { status, retryAfter, notApplied } = isGraphError(error) ? error : {};
  const confirmedETag = confirmedETagOf(error);
  return {
    class: classifyFailure(error),
    status,
    retryAfter,
    ...(notApplied === true && { notApplied }),
    ...(confirmedETag !== undefined && { confirmedETag }),
  };
}

/** True if the change may have been applied although no response confirmed it. */
export function mayBeApplied({ class: known, status }: FailureFacts): boolean {
  return known === "unknown" || (known === "busy" && status !== 429);
}

function classifyStatus(status: number): FailureClass {
  if (status === 429 || status === 503) return "busy";
  return status >= 500 || status === 408 ? "unknown" : "refused";
}

/**
 * What an error says of itself where no connection was made: the codes of Node, undici and Bun, also of certificates that
 * are not trusted; what Node was doing; undici's message about a port that browsers block, and Node's about a TLS
 * handshake that was cut off.
 */
const neverConnected =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_.*|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|UNABLE_TO_.*|INVALID_(?:CA|PURPOSE)|connect|getaddrinfo|bad port|Client .* before secure TLS .*)$|CERT(?:_|$)/;

function wasNeverSent(error: Error): boolean {
  for (const cause of withCauses(error)) {
    const { code, syscall, message }: SystemError = cause;
    if ([code, syscall, message].some((word) => neverConnected.test(String(word)))) return true;
  }
  return false;
}

interface SystemError extends Error {
  readonly code?: unknown;
  readonly syscall?: unknown;
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "";
}

function confirmedETagOf(error: unknown): string | undefined {
  if (!(isErrorNamed(error, "ClientError") && "confirmedETag" in error)) return undefined;
  return typeof error.confirmedETag === "string" ? error.confirmedETag : undefined;
}
