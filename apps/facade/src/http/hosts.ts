import { graphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";

/**
 * Makes the check of a request's `Host`, which may be a loopback name or one of `hosts`. Any other is a 400: a web page
 * may have had its own name pointed at this machine (DNS rebinding). A name that ends in `.localhost` cannot be: it
 * belongs to loopback (RFC 6761 §6.3). Neither can an address, which is accepted where all addresses are listened on.
 */
export function createHostCheck(hosts: readonly string[]): (host: string) => void {
  const names = new Set(hosts.map((host) => bracketed(host.toLowerCase())));
  const takesAddresses = names.has("0.0.0.0") || names.has("[::]");
  return (host) => {
    const name = host.replace(/:[0-9]*$/, "").toLowerCase();
    if (names.has(name) || isLoopback(name) || name.endsWith(".localhost")) return;
    if (takesAddresses && (ipv4.test(name) || /^\[[0-9a-f:.]+\]$/.test(name))) return;
    throw graphError(
      "BadRequest",
      `The host '${visibleText(host, 64)}' is not served here. ${helpFor(name)}`,
    );
  };
}

/** Whether a path is one that orchestrators ask for. They know the service by its address, and must reach it under load. */
export function isProbe(path: string): boolean {
  return probes.has(path);
}

/** Which hosts the development issuer may be served on, and why: the end of a sentence "host must be …". */
export const loopbackRule =
  "127.0.0.1, ::1 or localhost: development tokens can be made by everyone who reads the data folder, so the " +
  "development issuer serves this machine only";

/** Whether a host, as a name or an address, can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || bracketed(name) === "[::1]" || loopbackIPv4.test(name);
}

/** An IPv6 address as a URL writes it; any other host as it is. */
export function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

const probes: ReadonlySet<string> = new Set(["/livez", "/readyz"]);

// Written out, since node:net would be loaded for every --help.
const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const loopbackIPv4 = new RegExp(`^127(?:\\.${octet}){3}$`);

/** The names by which containers reach the machine that they run on. */
const containerNames = /^(?:host|gateway)\.(?:docker|containers|lima|rancher-desktop|orb)\.internal$/;

function helpFor(name: string): string {
  if (containerNames.test(name)) {
    return `That is how a container reaches its machine. Start the facade with --hosts ${name}, or INSTALL_SUMMARY_HOSTS=${name}.`;
  }
  return "Use localhost, 127.0.0.1 or a name that ends in .localhost, or add the name to the setting hosts; behind a proxy, see the settings publicUrl and proxies.";
}
