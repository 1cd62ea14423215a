import { UserError } from "@install-summary/command-line/errors";
import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { isLoopback } from "../http/addresses.ts";
import { servedNames } from "../settings/served-hosts.ts";
import type { Settings } from "../settings/settings.ts";
import { inspectLocalCertificate } from "../tls/local-certificate.ts";
import { parseCertificate, readCertificate } from "../tls/read-certificate.ts";

/** What HTTPS is served with, for which names and until when. Throws `UserError` where it cannot be used. */
export function checkCertificate(settings: Settings, now: Date): string {
  const { https, certificate, privateKey, data } = settings;
  if (!https) return checkPlain(settings);
  if (certificate !== undefined && privateKey !== undefined) {
    const { cert } = readCertificate({ certificate, privateKey }, now);
    const leaf = parseCertificate(cert, certificate);
    const { validToDate, subjectAltName = "no name" } = leaf;
    return `HTTPS is served with ${certificate}, which is valid and fits its key; it is good for ${subjectAltName}, until ${dayOf(validToDate)}${describeLacking(leaf, settings)}`;
  }
  const found = inspectLocalCertificate({ folder: data, names: servedNames(settings), now });
  const names = found.names.join(", ");
  switch (found.state) {
    case "missing":
      return `HTTPS is served with a local certificate, which serve makes for ${names}`;
    case "outdated":
      return `the local certificate lacks a name or ends within a month; serve makes it anew for ${names}`;
    case "current":
      return `HTTPS is served with a local certificate for ${names}, until ${dayOf(found.validTo)}; serve renews it`;
  }
}

/** Names of the settings that a certificate is not for. Only where a proxy serves them, that is as it should be. */
function describeLacking(leaf: X509Certificate, settings: Settings): string {
  // Clients need not name the address that is listened on.
  const names = servedNames(settings).filter((name) => name !== settings.host && !isLoopback(name));
  const lacking = names.filter(
    (name) => (isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name)) === undefined,
  );
  return lacking.length === 0
    ? ""
    : `; it is not for ${lacking.join(", ")}: clients refuse it there, unless a proxy in front has a certificate for that`;
}

/** A token that goes over a network in plain text is good for everyone who sees it. */
function checkPlain({ host, proxies, publicUrl }: Settings): string {
  const plain = "plain HTTP is served, without a certificate";
  if (isLoopback(host)) return plain;
  // Who has set these has a proxy in front, and has thought of what is on the way to it.
  if (proxies.length > 0 || publicUrl !== undefined) return `${plain}, for a proxy that serves HTTPS`;
  throw new UserError(
    `Plain HTTP is served on ${host}: tokens can be read on their way. Serve HTTPS with --https, or put a proxy in front that does, and set proxies or publicUrl.`,
  );
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
