import {
  connectionFaultOf,
  exitCodes,
  type ConnectionFault,
  type ConnectionFaultKind,
} from "@install-summary/command-line/errors";
import { connectionAdvice } from "../words/failure-advice.ts";
import { faultSentence } from "../server/failure.ts";
import { fetchWhole } from "../server/fetch-whole.ts";
import type { Finding } from "./finding.ts";

/** What the server says without a token. */
export interface Probe {
  readonly finding: Finding;
  /** The server's clock. */
  readonly date?: number;
}

/** Asks the server without a token: every server of the contract refuses that with a 401. */
export async function probeServer(baseUrl: string, signal: AbortSignal): Promise<Probe> {
  const check = "connection";
  try {
    const list = new URL(`${baseUrl.replace(/\/+$/, "")}/deviceAppManagement/mobileApps?$top=1`);
    const request: RequestInit = {
      headers: { accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
    };
    const { response, body } = await fetchWhole(list, request, 1);
    const date = Date.parse(response.headers.get("date") ?? "");
    const clock = Number.isNaN(date) ? {} : { date };
    const { status } = response;
    if (status === 401) {
      return {
        finding: { check, result: "ok", message: "The server responds, and asks for a token (401)." },
        ...clock,
      };
    }
    return { finding: { check, result: "warning", ...unexpected(status, body) }, ...clock };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const fault = connectionFaultOf(error);
    const finding: Finding = {
      check,
      result: "failed",
      message: unheard(fault),
      mend: connectionAdvice(fault),
      exit: exitCodes.unavailable,
    };
    return { finding };
  }
}

/** What is seen only of a server that was reached. */
const reached: ReadonlySet<ConnectionFaultKind> = new Set([
  "closed",
  "notHttp",
  "headers",
  "encoding",
  "timeout",
]);

function unheard(fault: ConnectionFault | undefined): string {
  if (fault === undefined) return "The server cannot be reached.";
  return faultSentence(reached.has(fault.kind) ? "noResponse" : "unreachable", fault);
}

/** What a response to a request without a token means that is no 401. */
function unexpected(status: number, body: string): Pick<Finding, "message" | "mend"> {
  const expected = "to a request without a token; 401 was expected.";
  if (status !== 200) {
    const isBusy = status === 429 || status >= 500;
    const mend = isBusy ? "It is busy or failing: the check of access says more." : foreign;
    return { message: `The server responds with ${status} ${expected}`, mend };
  }
  if (!isList.test(body))
    return { message: `The server responds with 200, but with no list of apps, ${expected}`, mend: foreign };
  const mend = "Everyone who reaches it can read it: check how it is served.";
  return { message: "The server responds without a token (200).", mend };
}

/** The beginning of a list of apps: a server may send a longer one than is read. */
const isList = /^\s*\{[^]*"value"\s*:\s*\[/;

const foreign =
  "Is INSTALL_SUMMARY_URL right? It ends in /beta. A proxy or a sign-in page may have responded in its place.";
