import { programCall } from "@install-summary/command-line";
import { readVariable } from "@install-summary/command-line/variables";
import { UserError, exitCodes, fileErrorText, shownWord } from "@install-summary/command-line/errors";
import { mayBeToken, wholePath } from "../config/token-file.ts";
import { openFile } from "./open-file.ts";
import { readText } from "./read-text.ts";
import { readTokenClaims, textClaim } from "./token-claims.ts";
import { quietly, type TellWait } from "./tell-wait.ts";
import { parseTokenText } from "./token-text.ts";
import { maxRun, runTokenCommand } from "./token-command.ts";

/** Where the token comes from: a variable, or the person who gave a new one to the editor. */
export type TokenSource =
  | "INSTALL_SUMMARY_TOKEN"
  | "INSTALL_SUMMARY_TOKEN_FILE"
  | "INSTALL_SUMMARY_TOKEN_COMMAND"
  | "person";

/** How requests are signed in. */
export interface SignIn {
  readonly source: TokenSource;
  /** Gives the token; `refused` is one that the server has just refused. */
  readonly token: (refused?: string) => string | Promise<string>;
  /** Uses this token from now on, whatever the environment says. Throws `UserError` for one of another tenant. */
  replace(token: string): void;
}

/**
 * The sign-in that the environment describes. Nothing is read and no command is run yet. Throws `UserError` where there
 * is none, or where the variable holds no token. All tokens are of one tenant: that of the variable, else that of the
 * first token, since what was read from one tenant is not to be sent to another. The signal ends what waits for a token,
 * and `tellWait` is told of a file that is waited for: a pipe may never be written. A command may take seconds each time.
 */
export function signInFrom(
  env: NodeJS.ProcessEnv,
  signal = new AbortController().signal,
  tellWait = quietly,
): SignIn {
  const requireTenant = tenantGuard(readVariable(env, "INSTALL_SUMMARY_TOKEN_TENANT")?.trim());
  const { source, token } = sourceFrom(env, requireTenant, signal, tellWait);
  let given: string | undefined;
  return {
    source,
    token: (refused) => given ?? token(refused),
    replace(newer) {
      given = requireTenant(newer);
    },
  };
}

function sourceFrom(
  env: NodeJS.ProcessEnv,
  requireTenant: (token: string) => string,
  signal: AbortSignal,
  tellWait: TellWait,
): Pick<SignIn, "source" | "token"> {
  const token = readVariable(env, "INSTALL_SUMMARY_TOKEN");
  if (token !== undefined) {
    const checked = checkToken(token, "INSTALL_SUMMARY_TOKEN");
    return { source: "INSTALL_SUMMARY_TOKEN", token: () => requireTenant(checked) };
  }
  const file = readVariable(env, "INSTALL_SUMMARY_TOKEN_FILE");
  if (file !== undefined) {
    const path = wholePath(file, process.cwd());
    // A token in its place, which was given to the wrong variable, is not repeated.
    const shown = mayBeToken(file) ? undefined : shownWord(path, 4096);
    const read = async (): Promise<string> => {
      const end = tellWait(
        `Waiting for the token in the file of INSTALL_SUMMARY_TOKEN_FILE${shown === undefined ? "" : `: ${shown}`}`,
      );
      try {
        return requireTenant(await readTokenFile(path, shown, signal));
      } finally {
        end();
      }
    };
    return { source: "INSTALL_SUMMARY_TOKEN_FILE", token: untilRefused(read) };
  }
  const command = readVariable(env, "INSTALL_SUMMARY_TOKEN_COMMAND");
  if (command === undefined) throw noToken(env);
  const run = async (): Promise<string> => {
    const printed = await runTokenCommand(command, env, signal);
    return requireTenant(checkToken(printed, "INSTALL_SUMMARY_TOKEN_COMMAND"));
  };
  return { source: "INSTALL_SUMMARY_TOKEN_COMMAND", token: untilRefused(run) };
}

/** Keeps a token until the server refuses it. Requests at the same time share one reading. */
function untilRefused(read: () => Promise<string>): (refused?: string) => Promise<string> {
  let current: Promise<string> | undefined;
  return async (refused) => {
    if (current !== undefined && refused !== undefined && (await current) === refused) current = undefined;
    current ??= read();
    try {
      return await current;
    } catch (error) {
      current = undefined;
      throw error;
    }
  };
}

/** More than any token has. */
const maxFileBytes = 64 * 1024;

/**
 * A file may be a pipe, such as `<(…)` of a shell: what gives its token may take as long as a command. Its path is in sentences
 * as it is shown; undefined for none.
 */
async function readTokenFile(path: string, shown: string | undefined, signal: AbortSignal): Promise<string> {
  const named = `The file of INSTALL_SUMMARY_TOKEN_FILE${shown === undefined ? "" : `, ${shown},`}`;
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(
      new UserError(`${named} has given nothing whole for two minutes.`, {
        exit: exitCodes.forbidden,
        code: "InvalidToken",
        target: "INSTALL_SUMMARY_TOKEN_FILE",
        help: ["Where it is a pipe or a device, something has to write the token to it and close it."],
      }),
    );
  }, maxRun);
  try {
    const text = await readText(openFile(path, AbortSignal.any([signal, late.signal])), maxFileBytes);
    return checkToken(text, "INSTALL_SUMMARY_TOKEN_FILE");
  } catch (error) {
    if (signal.aborted || error instanceof UserError) throw error;
    // Sentences of the system may have the path in them.
    const reason = fileErrorText(error);
    const why = shown === undefined && mayBeToken(reason) ? "the system has no such file" : reason;
    throw new UserError(`${named} cannot be read: ${why}.`, {
      exit: exitCodes.forbidden,
      code: "InvalidToken",
      target: "INSTALL_SUMMARY_TOKEN_FILE",
      help:
        shown === undefined
          ? [
              "Its path is not shown, since it may be the token itself: write that into a file, and give the file's path.",
            ]
          : [],
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

function checkToken(text: string, source: string): string {
  const token = parseTokenText(text);
  if (token !== undefined) return token;
  const what = text.trim() === "" ? "nothing" : "more than a token";
  throw new UserError(`${source} gave ${what}: a token is one line without spaces or quotes.`, {
    exit: exitCodes.forbidden,
    code: "InvalidToken",
    target: source,
    help: [
      "If the token comes inside JSON, print only its text, as `az account get-access-token … -o tsv` does.",
    ],
  });
}

/**
 * Gives the token back, or throws for one of another tenant, which never reaches the server: than `wanted`, or where none
 * is wanted, than the first token. One that does not tell its tenant may.
 */
function tenantGuard(wanted: string | undefined): (token: string) => string {
  let tenant = wanted;
  return (token) => {
    const found = textClaim(readTokenClaims(token), "tid");
    if (found === undefined) return token;
    tenant ??= found;
    if (found.toLowerCase() === tenant.toLowerCase()) return token;
    const help =
      wanted === undefined
        ? "Sign in to that tenant again, or end and start anew to work in the other one."
        : "Sign in to the right tenant, or choose the profile of this one.";
    throw new UserError(
      `The token is of the tenant ${shownWord(found)}, not ${shownWord(tenant)}. Nothing was sent.`,
      {
        exit: exitCodes.forbidden,
        code: "OtherTenant",
        target: "INSTALL_SUMMARY_TOKEN_TENANT",
        help: [help],
      },
    );
  };
}

function noToken(env: NodeJS.ProcessEnv): UserError {
  const facade = programCall(env, "install-summary-facade");
  return new UserError("Not signed in: no token is set.", {
    exit: exitCodes.forbidden,
    code: "NoToken",
    target: "INSTALL_SUMMARY_TOKEN",
    help: [
      "Set INSTALL_SUMMARY_TOKEN to a bearer token, INSTALL_SUMMARY_TOKEN_FILE to a file that holds one, or",
      `INSTALL_SUMMARY_TOKEN_COMMAND to a command that prints one, such as \`${facade} token\`.`,
    ],
  });
}
