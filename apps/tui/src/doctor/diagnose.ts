import { isLoopback } from "../config/same-server.ts";
import type { Account } from "./account.ts";
import { checkAccess, checkFacade } from "./check-access.ts";
import { checkCertificate } from "./check-certificate.ts";
import { checkClock } from "./check-clock.ts";
import { checkScopes, checkToken } from "./check-token.ts";
import type { DiagnosisParts } from "./diagnosis-parts.ts";
import type { Finding } from "./finding.ts";
import { probeServer } from "./probe-server.ts";

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

function skipped(check: Finding["check"]): Finding {
  return { check, result: "skipped", message: "It needs what failed above." };
}
