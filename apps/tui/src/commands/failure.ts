import { isGraphError, type GraphError } from "@install-summary/core";
import { CommandError, exitCodes, type ExitCode } from "../errors/command-error.ts";

/** How a command ended badly, in words for people and for programs. */
export interface Failure {
  readonly exit: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly target: string | undefined;
  /** The argument at fault, as it was typed. */
  readonly argument: string | undefined;
  /** What else is known and what to do, one line each. */
  readonly help: readonly string[];
  readonly requestId: string | undefined;
}

/** The one place that says what an error means: in which exit code it ends and what is said about it. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CommandError) {
    const { exit, code, message, target, argument, help, requestId } = error;
    return { exit, code, message, target, argument, help, requestId };
  }
  if (isGraphError(error)) return answeredFailure(error);
  if (error instanceof Error && error.name === "NetworkError") return noConnection(error);
  if (error instanceof Error && error.name === "TimeoutError") return noAnswer(error);
  return defect(error);
}

function answeredFailure(error: GraphError): Failure {
  const others = error.details.slice(1).map(namedFault);
  return {
    exit: exitOf(error.status),
    code: error.code,
    message: namedFault(error),
    target: error.target,
    argument: undefined,
    help: [...others, ...adviceFor(error)],
    requestId: error.requestId,
  };
}

/** Graph's sentences do not always name the property that they are about. */
function namedFault({ target, message }: { readonly target?: string; readonly message: string }): string {
  return target === undefined || message.includes(target) ? message : `${target}: ${message}`;
}

function exitOf(status: number): ExitCode {
  if (status === 401 || status === 403) return exitCodes.forbidden;
  if (status === 404) return exitCodes.notFound;
  if (status === 409 || status === 412) return exitCodes.conflict;
  if (status === 408 || status === 429) return exitCodes.unavailable;
  return status >= 400 && status < 500 ? exitCodes.refused : exitCodes.unavailable;
}

function adviceFor({ status, retryAfter }: GraphError): readonly string[] {
  if (status === 401)
    return ["Renew INSTALL_SUMMARY_TOKEN, or let INSTALL_SUMMARY_TOKEN_COMMAND print a new one."];
  if (retryAfter !== undefined) return [`The server asks to wait ${retryAfter} s before the next try.`];
  return [];
}

function noConnection(error: Error): Failure {
  return {
    exit: exitCodes.unavailable,
    code: "NoConnection",
    message: `no connection to ${serverOf(error)}${reasonOf(error)}.`,
    target: "INSTALL_SUMMARY_URL",
    argument: undefined,
    help: ["Is the server running there? INSTALL_SUMMARY_URL names another one."],
    requestId: undefined,
  };
}

function noAnswer(error: Error): Failure {
  return {
    exit: exitCodes.unavailable,
    code: "NoAnswer",
    message: `no answer from ${serverOf(error)} in time.`,
    target: undefined,
    argument: undefined,
    help: [],
    requestId: undefined,
  };
}

function defect(error: unknown): Failure {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exit: exitCodes.unexpected,
    code: "Unexpected",
    message:
      "something went wrong that never should. This is a defect of install-summary; please report it with:",
    target: undefined,
    argument: undefined,
    help: stack.split("\n").map((line) => line.trim()),
    requestId: undefined,
  };
}

/** The server that a request of ky's errors went to. */
function serverOf(error: Error): string {
  const url = "request" in error && error.request instanceof Request ? URL.parse(error.request.url) : null;
  return url?.host ?? "the server";
}

/** Why a connection failed, such as `ECONNREFUSED`: the last of the causes knows. */
function reasonOf(error: Error): string {
  let reason = "";
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    reason = "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
  }
  return reason === "" ? "" : ` (${reason})`;
}
