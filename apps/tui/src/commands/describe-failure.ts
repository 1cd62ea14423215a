import {
  connectionFaultText,
  exitCodes,
  UserError,
  type CommandFailure,
  type ConnectionFault,
  type ExitCode,
} from "@install-summary/command-line/errors";
import { isGraphError, type GraphError } from "@install-summary/core";
import {
  isClientError,
  isNoResponseError,
  isTimeoutError,
  type ClientError,
  type ClientErrorCode,
} from "@install-summary/core/client";
import { readVariable } from "@install-summary/command-line/variables";
import type { AddressSource } from "../server/connection.ts";
import { failureOf, type Failure } from "../server/failure.ts";
import type { TokenSource } from "../server/sign-in.ts";
import { commandAdvice, connectionAdvice, foreignAdvice } from "../words/failure-advice.ts";
import { commandText } from "../words/command-text.ts";
import { failureText } from "../words/failure-text.ts";
import type { CommandContext } from "./command-context.ts";

/** What decides about the words of a failure. */
export type FailureContext = Pick<CommandContext, "env" | "place">;

/**
 * What an error of the server or the client means: its exit code and its words. Undefined for any other. `address` is what
 * named the server.
 */
export function describeFailure(
  error: unknown,
  context: FailureContext,
  address: AddressSource = "INSTALL_SUMMARY_URL",
): CommandFailure | undefined {
  if (isGraphError(error)) return serverFailure(error, context, address);
  if (isClientError(error)) return clientFailure(error, address);
  if (!isNoResponseError(error)) return undefined;
  const failure = failureOf(error);
  return failure.kind === "unreachable"
    ? noConnection(error, failure, address)
    : noResponse(error, failure, address);
}

/** What any error means, for a command that goes on after it. */
export function failureFor(error: unknown, context: FailureContext): CommandFailure {
  if (error instanceof UserError) return error;
  const described = describeFailure(error, context);
  return described ?? { exit: exitCodes.unexpected, code: "Unexpected", message: String(error) };
}

function serverFailure(
  error: GraphError,
  { env, place }: FailureContext,
  address: AddressSource,
): CommandFailure {
  const others = error.details.slice(1).map(namedFault);
  const failure = { ...failureOf(error), message: namedFault(error) };
  const list = commandText(place, "list");
  const advice = commandAdvice(failure, { token: tokenSource(env), address, list });
  return {
    exit: exitOf(error.status),
    code: error.code,
    message: failureText(failure, "command"),
    target: error.target,
    help: advice === undefined ? others : [...others, advice],
    requestId: error.requestId,
  };
}

/** Graph's messages do not always name the property that they are about. */
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

/** What gave the token that the server refused. */
function tokenSource(env: NodeJS.ProcessEnv): TokenSource {
  if (readVariable(env, "INSTALL_SUMMARY_TOKEN") !== undefined) return "INSTALL_SUMMARY_TOKEN";
  return readVariable(env, "INSTALL_SUMMARY_TOKEN_FILE") === undefined
    ? "INSTALL_SUMMARY_TOKEN_COMMAND"
    : "INSTALL_SUMMARY_TOKEN_FILE";
}

const clientExits: Readonly<Record<ClientErrorCode, ExitCode>> = {
  InvalidResponse: exitCodes.unavailable,
  Redirected: exitCodes.unavailable,
  ChangeNotRead: exitCodes.unavailable,
  DryRunNotSupported: exitCodes.unavailable,
  PreconditionRequired: exitCodes.refused,
  InvalidToken: exitCodes.forbidden,
  TokenTimeout: exitCodes.forbidden,
};

function clientFailure({ code, message, requestId }: ClientError, address: AddressSource): CommandFailure {
  const exit = clientExits[code];
  const help = code === "InvalidResponse" ? [foreignAdvice(address)] : [];
  return { exit, code, message, help, requestId };
}

function noConnection(error: Error, { fault }: Failure, address: AddressSource): CommandFailure {
  return {
    exit: exitCodes.unavailable,
    code: "NoConnection",
    message: `No connection to ${serverOf(error)}${because(fault)}.`,
    target: address,
    help: [connectionAdvice(fault, address)],
  };
}

function noResponse(error: Error, { fault }: Failure, address: AddressSource): CommandFailure {
  return {
    exit: exitCodes.unavailable,
    code: "NoResponse",
    message: isTimeoutError(error)
      ? `No response from ${serverOf(error)} in time.`
      : `No usable response from ${serverOf(error)}${because(fault)}.`,
    help: [connectionAdvice(fault, address)],
  };
}

function because(fault: ConnectionFault | undefined): string {
  return fault === undefined ? "" : `: ${connectionFaultText(fault)}`;
}

/** The server that the request of one of ky's errors went to. */
function serverOf(error: Error): string {
  const url = "request" in error && error.request instanceof Request ? URL.parse(error.request.url) : null;
  return url?.host ?? "the server";
}
