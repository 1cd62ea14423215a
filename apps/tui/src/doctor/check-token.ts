import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { readVariable } from "@install-summary/command-line/variables";
import type { Connection } from "../server/connection.ts";
import { readAccount, type Account } from "./account.ts";
import type { DiagnosisParts } from "./diagnosis-parts.ts";
import type { Finding } from "./finding.ts";

/** What is known of a token. */
export interface CheckedToken {
  readonly account: Account | undefined;
  readonly finding: Finding;
  /** Present where there is a token to try. */
  readonly connection?: Connection;
}

/** Signs in, and looks at the token without a server. */
export async function checkToken({ open, env, now, signal }: DiagnosisParts): Promise<CheckedToken> {
  const check = "token";
  let connection: Connection;
  let token: string;
  try {
    connection = open();
    token = await connection.signIn.token();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof UserError)) throw error;
    const { message, help, exit } = error;
    return { account: undefined, finding: { check, result: "failed", message, mend: help.join(" "), exit } };
  }
  const account = readAccount(token);
  const source = `${connection.signIn.source} gives it`;
  if (account === undefined) {
    const message = `${source}; it does not tell whose it is.`;
    return { account, finding: { check, result: "ok", message }, connection };
  }
  const expires = account.expires === null ? undefined : Date.parse(account.expires);
  if (expires !== undefined && expires <= now()) {
    const finding: Finding = {
      check,
      result: "failed",
      message: `${source}; it expired at ${account.expires}.`,
      mend: `Get a new token${readVariable(env, "INSTALL_SUMMARY_TOKEN") === undefined ? ": sign in there again." : " into INSTALL_SUMMARY_TOKEN."}`,
      exit: exitCodes.forbidden,
    };
    return { account, finding };
  }
  const until = account.expires === null ? "" : ` until ${account.expires}`;
  return {
    account,
    finding: { check, result: "ok", message: `${source}; it is valid${until}.` },
    connection,
  };
}

const read = "DeviceManagementApps.Read.All";
const readWrite = "DeviceManagementApps.ReadWrite.All";

/** What the token allows. */
export function checkScopes({ scopes, application }: Account): Finding {
  const check = "scopes";
  const isWriter = scopes.includes(readWrite);
  const isReader = isWriter || scopes.includes(read);
  if (!isReader) {
    const found = scopes.length === 0 ? "no scope" : scopes.join(", ");
    return {
      check,
      result: "failed",
      message: `The token has ${found}; reading needs ${read}.`,
      mend: `Ask for ${readWrite} when you sign in, or for ${read} to read only.`,
      exit: exitCodes.forbidden,
    };
  }
  if (application) {
    const mend = "Sign in as a person, or let the facade allow it with INSTALL_SUMMARY_ALLOW_APPLICATION.";
    return {
      check,
      result: "warning",
      message: "The token is an application's, which most servers refuse.",
      mend,
    };
  }
  return isWriter
    ? { check, result: "ok", message: `${readWrite}: it can read and change.` }
    : { check, result: "warning", message: `${read}: it can only read.`, mend: `Changes need ${readWrite}.` };
}
