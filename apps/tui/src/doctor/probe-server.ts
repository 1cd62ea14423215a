import { connectionFaultOf, connectionFaultText, exitCodes } from "@install-summary/command-line/errors";
import { connectionAdvice } from "../words/failure-advice.ts";
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
    const message =
      status === 200
        ? "The server responds without a token (200)."
        : `The server responds with ${status} to a request without a token; 401 was expected.`;
    return { finding: { check, result: "warning", message, mend: mendFor(status) }, ...clock };
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

function mendFor(status: number): string {
  if (status === 200) return "Everyone who reaches it can read it: check how it is served.";
  return status === 429 || status >= 500 ? "It is busy or failing: the check of access says more." : foreign;
}

const foreign = "Is INSTALL_SUMMARY_URL right? It ends in /beta. A proxy may have responded in its place.";
