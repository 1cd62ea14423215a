import { isErrorNamed } from "../text/error-name.ts";
import { hasMembers } from "../text/object-kind.ts";
import { graphErrorBody, type GraphErrorBody, type GraphErrorDetail } from "./graph-error-body.ts";
import { graphErrorStatus, type GraphErrorCode } from "./graph-error-code.ts";

/**
 * What is wrong with a member of a patch or an edit.
 *
 * - `type`: the value is not a whole number; also an unknown `@odata.type`.
 * - `range`: a whole number below 0 or above 2147483647.
 * - `null`: a counter cannot be null.
 * - `unknown`: there is no such property.
 * - `duplicate`: the property appears more than once.
 * - `id`: another id than that of the app.
 */
export type FaultReason = "type" | "range" | "null" | "unknown" | "duplicate" | "id";

/** What is wrong with one member: `reason` is for programs, such as a translation, `message` for people. */
export interface GraphErrorFault {
  /** The name of the member. */
  readonly target: string;
  readonly reason: FaultReason;
  readonly message: string;
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
  readonly faults?: readonly GraphErrorFault[] | undefined;
  readonly requestId?: string | undefined;
  /** Seconds to wait before a retry. */
  readonly retryAfter?: number | undefined;
  /** Whether the server has looked up in its record of changes that the request was not applied. */
  readonly notApplied?: true | undefined;
  /** The ETag that the resource has now, as a 412 tells it. */
  readonly currentETag?: string | undefined;
  /** Left out, it is a record of the fields, which `structuredClone` and `postMessage` keep. */
  readonly cause?: unknown;
}

/** The error of a request that the contract rejects, or that a server rejected. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  /** The HTTP status. */
  declare readonly status: number;
  /** A code of the contract or of the server. Branch on this, never on the message. */
  declare readonly code: string;
  declare readonly innerCode?: string;
  declare readonly target?: string;
  /** All faults where there are two or more, the first one included; otherwise empty. This is the form on the wire. */
  declare readonly details: readonly GraphErrorDetail[];
  /** What is wrong with each member of a patch: one fault or many. Empty for any other error. */
  declare readonly faults: readonly GraphErrorFault[];
  /** The server's id of the request, for its logs. */
  declare readonly requestId?: string;
  /** Seconds to wait before a retry, if the server said so. */
  declare readonly retryAfter?: number;
  /**
   * True where a server that records changes has looked this request up: it was not applied, also not by an earlier
   * arrival of the same request. Left out, the status alone promises that, and a gateway that sends requests twice can
   * break the promise.
   */
  declare readonly notApplied?: true;
  /**
   * The ETag that the resource has now, as a 412 tells it. Where reading gives another one after that, what was read is old:
   * a cache on the way has kept it.
   */
  declare readonly currentETag?: string;

  constructor({ message, cause, details = [], faults = [], ...rest }: GraphErrorInit) {
    const given = Object.entries({ ...rest, details, faults }).filter(([, value]) => value !== undefined);
    const fields = Object.fromEntries(given);
    super(message, { cause: cause ?? { graphError: fields } });
    setFields(this, fields);
  }

  /** The body of the error response, without a date. */
  toJSON(): GraphErrorBody {
    return graphErrorBody(this, { requestId: this.requestId });
  }
}

/** `graphError` for a code that the compiler knows. */
export function graphError(
  code: GraphErrorCode,
  message: string,
  rest: Omit<GraphErrorInit, "status" | "code" | "message"> = {},
): GraphError {
  return new GraphError({ ...rest, status: graphErrorStatus[code], code, message });
}

/**
 * Whether a caught value is a `GraphError`, with that code if one is given: also one of another copy of this package or of
 * another realm, and one that `structuredClone` or `postMessage` has copied, whose fields it gives back. Never throws.
 */
export function isGraphError(error: unknown, code?: GraphErrorCode | (string & {})): error is GraphError {
  return (
    (isErrorNamed(error, "GraphError") || revive(error)) &&
    "code" in error &&
    "status" in error &&
    (code === undefined || error.code === code)
  );
}

/** Of an error only the name of a built-in class, the message, the stack and the cause are copied. */
function revive(error: unknown): error is Error {
  if (!isErrorNamed(error, "Error") || Object.isFrozen(error)) return false;
  const fields = fieldsIn(error.cause);
  if (fields === undefined) return false;
  Object.setPrototypeOf(error, GraphError.prototype);
  setFields(error, { name: "GraphError", ...fields });
  return true;
}

/** Node, Deno and Bun print what this member makes of the error: it leaves out the fields that the cause repeats. */
const inspected = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");

function setFields(error: Error, fields: object): void {
  Object.assign(error, fields);
  Object.defineProperty(error, inspected, { value: withoutRecord });
}

function withoutRecord(this: Error): unknown {
  if (fieldsIn(this.cause) === undefined) return this;
  const { cause: _, ...others } = Object.getOwnPropertyDescriptors(this);
  return Object.create(GraphError.prototype, { ...others, stack: { value: this.stack } });
}

/** The fields of a `GraphError` in its cause, which `structuredClone` keeps. */
function fieldsIn(cause: unknown): object | undefined {
  const fields = hasMembers(cause) && "graphError" in cause ? cause.graphError : undefined;
  return hasMembers(fields) ? fields : undefined;
}
