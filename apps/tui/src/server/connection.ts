import {
  createInstallSummaryClient,
  type ClientOptions,
  type InstallSummaryClient,
} from "@install-summary/core/client";
import { glyphsFault, readVariable, unknownVariables } from "@install-summary/command-line/variables";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { defaultBaseUrl } from "../config/config-keys.ts";
import { isReadOnly, withLocalToken } from "../config/profile.ts";
import { authorityFileFrom } from "./authority-file.ts";
import { readOnlyClient, readOnlyFetch } from "./read-only-client.ts";
import { tellSlowWait, type WaitOutput } from "./tell-wait.ts";
import { signInFrom, type SignIn } from "./sign-in.ts";
import { maxRun } from "./token-command.ts";

/** What named the server: the variable, which a profile may have set, or the argument of a command. */
export type AddressSource = "INSTALL_SUMMARY_URL" | "URL";

/** A server, and a client that is signed in to it. */
export interface Connection {
  readonly client: InstallSummaryClient;
  readonly baseUrl: string;
  /** The file of an authority that Node trusts beside its own, by `NODE_EXTRA_CA_CERTS`; undefined over HTTP. */
  readonly authorityFile: string | undefined;
  readonly signIn: SignIn;
  /** Whether its client refuses every change. */
  readonly isReadOnly: boolean;
}

/** How long to wait for a server, and what ends that. */
export interface ConnectOptions extends Pick<ClientOptions, "retry" | "timeout"> {
  /** A base URL that the person named, in place of the environment's. */
  readonly url?: string;
  /** Ends what still waits for a token: a command, or a file. */
  readonly signal?: AbortSignal;
  /** Where it is said that a token is waited for; nowhere by default. */
  readonly stderr?: WaitOutput;
}

/**
 * Creates the connection that the environment describes: `INSTALL_SUMMARY_URL`, and `INSTALL_SUMMARY_TOKEN`,
 * `INSTALL_SUMMARY_TOKEN_FILE` or `INSTALL_SUMMARY_TOKEN_COMMAND`. Nothing is sent and no command is run yet. Throws `UserError` if something is
 * missing or wrong.
 */
export function connect(
  env: NodeJS.ProcessEnv,
  { signal, url, stderr, ...patience }: ConnectOptions = {},
): Connection {
  const unknown = unknownVariables(env);
  if (unknown.length > 0) throw new UserError(unknown.join("\n"), { code: "UnknownVariable" });
  const glyphs = glyphsFault(env);
  if (glyphs !== undefined) throw new UserError(glyphs, { target: "INSTALL_SUMMARY_GLYPHS" });
  const baseUrl = url === undefined ? baseUrlFrom(env) : requireUrl(url.trim(), "URL");
  const signIn = signInFrom(
    withLocalToken({ ...env, INSTALL_SUMMARY_URL: baseUrl }),
    signal,
    stderr && tellSlowWait(stderr),
  );
  // Longer than a command may run, so that the command's own error is shown.
  const tokenTimeout = maxRun + 5000;
  const { token } = signIn;
  const authorityFile = authorityFileFrom(env);
  const forbidsChanges = isReadOnly(env);
  const client = createInstallSummaryClient({
    baseUrl,
    token,
    tokenTimeout,
    ...patience,
    ...(forbidsChanges && { fetch: readOnlyFetch }),
  });
  return {
    client: forbidsChanges ? readOnlyClient(client) : client,
    isReadOnly: forbidsChanges,
    baseUrl,
    authorityFile: /^https:/i.test(baseUrl) ? authorityFile : undefined,
    signIn,
  };
}

/** The base URL of the server that the environment describes. Throws `UserError` for any other text. */
export function baseUrlFrom(env: NodeJS.ProcessEnv): string {
  return requireUrl(
    readVariable(env, "INSTALL_SUMMARY_URL")?.trim() ?? defaultBaseUrl,
    "INSTALL_SUMMARY_URL",
  );
}

function requireUrl(text: string, target: string): string {
  const url = URL.parse(text);
  const isUsable =
    url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  // What a query or a fragment has to say, such as the key of a gateway, would not reach the server.
  const isWhole = isUsable && url.search === "" && url.hash === "";
  if (isWhole && /\/beta\/?$/i.test(url.pathname)) return text;
  // The value is not repeated: it may contain a password.
  throw new UserError(`${target} is not the base URL of a server.`, {
    exit: exitCodes.usage,
    code: "InvalidUrl",
    target,
    help: [
      `Use an http or https URL that ends in /beta, without a password, query or fragment, such as ${defaultBaseUrl}.`,
    ],
  });
}
