import { parseExactJson } from "../text/exact-json.ts";
import { memberEntries } from "../text/members.ts";
import { hasMembers } from "../text/object-kind.ts";
import { notFit } from "../text/require-members.ts";
import { guardOf } from "./etag.ts";
import { graphErrorStatus } from "./graph-error-code.ts";
import type { GraphErrorDetail } from "./graph-error-body.ts";
import { GraphError, type FaultReason, type GraphErrorFault, type GraphErrorInit } from "./graph-error.ts";
import type { HeaderReader } from "./header-reader.ts";
import { repeatedHeader } from "./repeated-header.ts";
import { readRetryAfter } from "./retry-after.ts";

/** What a response says beside its body; a `Response` has it. */
export interface ErrorResponseHead {
  readonly status: number;
  /** A `Headers`, or an object of names and values. */
  readonly headers?: HeaderReader | Readonly<Record<string, string>> | undefined;
}

/**
 * Reads the error of a response from its body, parsed or as text. It is lenient: it gives as much of the error as can be
 * read. A body without one, and a text that repeats a name and so says two things, becomes an error with the contract's
 * code of the status, or `UnknownError`. What `GraphError.toJSON` makes is read back, with the reason of each fault.
 * Throws `TypeError` for a head without a status.
 */
export function readGraphError(body: unknown, head: ErrorResponseHead): GraphError {
  if (typeof head !== "object" || head === null || typeof head.status !== "number") {
    throw notFit("head of readGraphError", head, "an object with a status");
  }
  return (
    parseGraphError(body, head) ??
    errorWithoutBody(head, `The server responded ${head.status} without a Graph error body.`)
  );
}

/** The error in a body; undefined for a body without one. */
export function parseGraphError(body: unknown, head: ErrorResponseHead): GraphError | undefined {
  const error = member(typeof body === "string" ? parseJson(body) : body, "error");
  const [one] = parseDetail(error);
  if (one === undefined) return undefined;
  // Older services of Graph write it in lower case.
  const inner = member(error, "innerError") ?? member(error, "innererror");
  const listed = member(error, "details");
  const details = Array.isArray(listed) ? listed.slice(0, maxDetails).flatMap(parseDetail) : [];
  return new GraphError({
    ...headFields(head, text(member(inner, "request-id"))),
    ...one,
    innerCode: text(member(inner, "code")),
    details,
    faults: (details.length > 0 ? details : [one]).flatMap(parseFault),
  });
}

/** The contract tells no more faults; a body of a megabyte may have ten thousand. */
const maxDetails = 100;

/** The error of a response whose body says nothing. */
export function errorWithoutBody(head: ErrorResponseHead, message: string): GraphError {
  const known = Object.entries(graphErrorStatus).find(([, status]) => status === head.status);
  return new GraphError({ ...headFields(head), code: known?.[0] ?? "UnknownError", message });
}

function headFields(
  { status, headers = {} }: ErrorResponseHead,
  ownId?: string,
): Pick<GraphErrorInit, "status" | "requestId" | "retryAfter" | "notApplied" | "currentETag"> {
  const requestId = ownId ?? header(headers, "request-id");
  const notApplied = header(headers, repeatedHeader) === "false" ? true : undefined;
  const retryAfter = readRetryAfter(status, (name) => header(headers, name));
  const currentETag = status === 412 ? guardOf(header(headers, "etag")) : undefined;
  return { status, requestId, retryAfter, notApplied, currentETag };
}

function parseDetail(value: unknown): readonly GraphErrorDetail[] {
  const code = text(member(value, "code"));
  const message = member(value, "message");
  const target = text(member(value, "target"));
  if (code === undefined || typeof message !== "string") return [];
  return [{ code, message, ...(target !== undefined && { target }) }];
}

/** How the contract's sentence for each kind of fault begins. */
const sentences: readonly (readonly [FaultReason, RegExp])[] = [
  ["id", /^'id' cannot be changed/],
  ["null", /^'\w+' cannot be null/],
  ["range", /^'\w+' must be between/],
  ["unknown", /^The property /],
  ["duplicate", /^Multiple properties /],
  ["type", /^(?:Cannot convert|An unexpected|A type named) /],
];

function parseFault({ code, message, target }: GraphErrorDetail): readonly GraphErrorFault[] {
  const reason = sentences.find(([, beginning]) => beginning.test(message))?.[0];
  const isFault = code === "ModelValidationFailure" && target !== undefined && reason !== undefined;
  return isFault ? [{ target, reason, message }] : [];
}

function header(headers: NonNullable<ErrorResponseHead["headers"]>, name: string): string | undefined {
  if (isReader(headers)) return headers.get(name) ?? undefined;
  return text(memberEntries(headers).find(([other]) => other.toLowerCase() === name)?.[1]);
}

function isReader(headers: HeaderReader | Readonly<Record<string, string>>): headers is HeaderReader {
  return typeof headers["get"] === "function";
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function member(value: unknown, name: string): unknown {
  return hasMembers(value) ? Object.entries(value).find(([other]) => other === name)?.[1] : undefined;
}

/** Undefined for text that is not JSON, or that says two things by repeating a name. */
function parseJson(json: string): unknown {
  try {
    return parseExactJson(json);
  } catch {
    return undefined;
  }
}
