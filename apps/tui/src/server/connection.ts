import {
  createInstallSummaryClient,
  type ClientOptions,
  type InstallSummaryClient,
} from "@install-summary/core/client";
import { readVariable, unknownVariables } from "@install-summary/command-line/variables";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { maxRun, runTokenCommand } from "./token-command.ts";

/** A server, and a client that is signed in to it. */
export interface Connection {
  readonly client: InstallSummaryClient;
  readonly baseUrl: string;
}

export interface ConnectOptions extends Pick<ClientOptions, "retry" | "timeout"> {
  /** Ends a token command that still runs. */
  readonly signal?: AbortSignal;
}

/** The base URL of a facade on this computer. */
export const defaultBaseUrl = "http://127.0.0.1:8420/beta";

/**
 * Creates the connection that the environment describes: `INSTALL_SUMMARY_URL`, and `INSTALL_SUMMARY_TOKEN` or
 * `INSTALL_SUMMARY_TOKEN_COMMAND`. Nothing is sent and no command is run yet. Throws `UserError` if something is
 * missing or wrong.
 */
export function connect(env: NodeJS.ProcessEnv, { signal, ...patience }: ConnectOptions = {}): Connection {
  const unknown = unknownVariables(env);
  if (unknown.length > 0) throw new UserError(unknown.join("\n"), { code: "UnknownVariable" });
  const baseUrl = readVariable(env, "INSTALL_SUMMARY_URL")?.trim() ?? defaultBaseUrl;
  requireUrl(baseUrl);
  const token = tokenSource(env, signal);
  // Longer than a command may run, so that the command's own error is shown.
  const tokenTimeout = maxRun + 5000;
  return { client: createInstallSummaryClient({ baseUrl, token, tokenTimeout, ...patience }), baseUrl };
}

function tokenSource(
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): (refused?: string) => string | Promise<string> {
  const token = readVariable(env, "INSTALL_SUMMARY_TOKEN");
  if (token !== undefined) {
    const checked = checkToken(token, "INSTALL_SUMMARY_TOKEN");
    return () => checked;
  }
  const command = readVariable(env, "INSTALL_SUMMARY_TOKEN_COMMAND");
  if (command === undefined) throw noToken();
  return commandToken(async () => {
    const printed = await runTokenCommand(command, env, signal);
    return checkToken(printed, "INSTALL_SUMMARY_TOKEN_COMMAND");
  });
}

/** Keeps the printed token until the server refuses it. Requests at the same time share one run. */
function commandToken(run: () => Promise<string>): (refused?: string) => Promise<string> {
  let current: Promise<string> | undefined;
  return async (refused) => {
    if (current !== undefined && refused !== undefined && (await current) === refused) current = undefined;
    current ??= run();
    try {
      return await current;
    } catch (error) {
      current = undefined;
      throw error;
    }
  };
}

function requireUrl(text: string): void {
  const url = URL.parse(text);
  const isUsable =
    url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (isUsable && /\/beta\/?$/i.test(url.pathname)) return;
  // The value is not repeated: it may contain a password.
  throw new UserError("INSTALL_SUMMARY_URL is not the base URL of a server.", {
    exit: exitCodes.usage,
    code: "InvalidUrl",
    target: "INSTALL_SUMMARY_URL",
    help: [`Use an http or https URL without a password that ends in /beta, such as ${defaultBaseUrl}.`],
  });
}

function checkToken(text: string, source: string): string {
  const token = text.trim().replace(/^Bearer\s+/i, "");
  if (/^[\u0021-\u007e]+$/.test(token)) return token;
  const what = token === "" ? "nothing" : "more than a token";
  throw new UserError(`${source} gave ${what}: a token is one line without spaces.`, {
    exit: exitCodes.forbidden,
    code: "InvalidToken",
    target: source,
    help: [
      "If the token comes inside JSON, print only its text, as `az account get-access-token … -o tsv` does.",
    ],
  });
}

function noToken(): UserError {
  return new UserError("Not signed in: no token is set.", {
    exit: exitCodes.forbidden,
    code: "NoToken",
    target: "INSTALL_SUMMARY_TOKEN",
    help: [
      "Set INSTALL_SUMMARY_TOKEN to a bearer token, or INSTALL_SUMMARY_TOKEN_COMMAND to a command that prints one,",
      "such as `install-summary-facade token` for a local facade.",
    ],
  });
}
