import {
  connectionFaultOf,
  connectionFaultText,
  exitCodes,
  UserError,
  type CommandFailure,
} from "@install-summary/command-line/errors";
import { readVariable } from "@install-summary/command-line/variables";
import { isLoopback } from "../config/same-server.ts";
import { connectionAdvice } from "../words/failure-text.ts";
import { formatCount } from "../words/format-count.ts";
import { readAccount, type Account } from "./account.ts";
import { checkCertificate } from "./check-certificate.ts";
import type { Finding } from "./finding.ts";
import type { Connection } from "../server/connection.ts";

/** What the checks are made with. */
export interface DiagnosisParts {
  readonly baseUrl: string;
  /** Signs in. Throws `UserError` where nothing gives a token. */
  readonly open: () => Connection;
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Says what an error of a request means. */
  readonly describe: (error: unknown) => CommandFailure;
}

/** What the checks found, and whose token it is. */
export interface Diagnosis {
  readonly account: Account | undefined;
  readonly findings: readonly Finding[];
}

/** Checks, one after the other, what a request needs on its way to the server and back. Changes nothing. */
export async function diagnose(parts: DiagnosisParts): Promise<Diagnosis> {
  const { baseUrl, now, signal } = parts;
  const url = new URL(baseUrl);
  const findings: Finding[] = [checkAddress(url)];
  const probe = await probeServer(baseUrl, signal);
  findings.push(probe.finding);
  if (url.protocol === "https:" && probe.finding.result !== "failed")
    findings.push(await checkCertificate(url, now(), signal));
  if (probe.date !== undefined) findings.push(checkClock(probe.date, now()));
  const { account, finding, connection } = await checkToken(parts);
  findings.push(finding);
  if (account !== undefined) findings.push(checkScopes(account));
  const isReady = connection !== undefined && probe.finding.result !== "failed";
  const access = isReady ? await checkAccess(connection, parts) : skipped("access");
  const facade = isReady && access.result === "ok" ? await checkFacade(connection, parts) : skipped("facade");
  findings.push(access, facade);
  return { account, findings };
}

function checkAddress({ protocol, hostname, href }: URL): Finding {
  if (protocol === "https:" || isLoopback(hostname)) return { check: "address", result: "ok", message: href };
  return {
    check: "address",
    result: "warning",
    message: `${href} is plain HTTP: everyone on the way can read the token.`,
    mend: "Use https:// in the URL.",
  };
}

interface Probe {
  readonly finding: Finding;
  /** The server's clock. */
  readonly date?: number;
}

/** Asks the server without a token: every server of the contract refuses that with a 401. */
async function probeServer(baseUrl: string, signal: AbortSignal): Promise<Probe> {
  const check = "connection";
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, "")}/deviceAppManagement/mobileApps?$top=1`, {
      headers: { accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
    });
    await response.body?.cancel();
    const date = Date.parse(response.headers.get("date") ?? "");
    const clock = Number.isNaN(date) ? {} : { date };
    const { status } = response;
    if (status === 401) {
      return {
        finding: { check, result: "ok", message: "The server responds, and asks for a token (401)." },
        ...clock,
      };
    }
    const isOpen = status === 200;
    const message = isOpen
      ? "The server responds without a token (200)."
      : `The server responds with ${status} to a request without a token; 401 was expected.`;
    const mend = isOpen ? "Everyone who reaches it can read it: check how it is served." : foreign;
    return { finding: { check, result: "warning", message, mend }, ...clock };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const fault = connectionFaultOf(error);
    const why = fault === undefined ? "" : `: ${connectionFaultText(fault)}`;
    const finding: Finding = {
      check,
      result: "failed",
      message: `The server cannot be reached${why}.`,
      mend: connectionAdvice(fault),
      exit: exitCodes.unavailable,
    };
    return { finding };
  }
}

const foreign = "Is INSTALL_SUMMARY_URL right? It ends in /beta. A proxy may have responded in its place.";

/** How far the clocks may be apart, in milliseconds: servers judge the times of tokens with about five minutes. */
const maxSkew = 5 * 60_000;
const noticed = 30_000;

function checkClock(server: number, now: number): Finding {
  const apart = Math.abs(server - now);
  const seconds = Math.round(apart / 1000);
  if (apart <= noticed)
    return { check: "clock", result: "ok", message: "This computer and the server agree on the time." };
  const way = server > now ? "behind" : "ahead of";
  const message = `This computer's clock is ${seconds} s ${way} the server's.`;
  const mend = "Set the clock: tokens begin and expire by it.";
  return apart > maxSkew
    ? { check: "clock", result: "failed", message, mend, exit: exitCodes.usage }
    : { check: "clock", result: "warning", message, mend };
}

interface CheckedToken {
  readonly account: Account | undefined;
  readonly finding: Finding;
  /** Present where there is a token to try. */
  readonly connection?: Connection;
}

async function checkToken({ open, env, now, signal }: DiagnosisParts): Promise<CheckedToken> {
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

function checkScopes({ scopes, application }: Account): Finding {
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

async function checkAccess({ client }: Connection, { signal, describe }: DiagnosisParts): Promise<Finding> {
  const check = "access";
  try {
    for await (const { apps, count } of client.pages({ top: 1, count: true, signal })) {
      const number = count ?? apps.length;
      return {
        check,
        result: "ok",
        message: number === 1 ? "1 app can be read." : `${formatCount(number)} apps can be read.`,
      };
    }
    return { check, result: "ok", message: "The list of apps can be read." };
  } catch (error) {
    return failed(check, describe(error));
  }
}

/** History, undo, import and live updates are the facade's own. */
async function checkFacade({ client }: Connection, { signal }: DiagnosisParts): Promise<Finding> {
  try {
    const changes = client.changes({ top: 1, order: "desc", signal })[Symbol.asyncIterator]();
    await changes.next();
    await changes.return?.();
    return {
      check: "facade",
      result: "ok",
      message: "It is a facade of Install Summary, with a log of changes.",
    };
  } catch {
    if (signal.aborted) throw signal.reason;
    return {
      check: "facade",
      result: "warning",
      message: "The server has no log of changes under /api.",
      mend: "history, undo and import need a facade of Install Summary; all else works.",
    };
  }
}

function failed(check: Finding["check"], { message, help = [], exit, requestId }: CommandFailure): Finding {
  const id = requestId === undefined ? "" : ` (request-id ${requestId})`;
  return { check, result: "failed", message: `${message}${id}`, mend: help.join(" "), exit };
}

function skipped(check: Finding["check"]): Finding {
  return { check, result: "skipped", message: "It needs what failed above." };
}
