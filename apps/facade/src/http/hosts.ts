import { graphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import { bracketed, isIPv4, parseHost } from "./addresses.ts";

/**
 * Makes the check of a request's `Host`, which may be a loopback name or one of `hosts`. Any other is a 400: a web page
 * may have had its own name pointed at this machine (DNS rebinding). A name that ends in `.localhost` cannot be: it
 * belongs to loopback (RFC 6761 §6.3). Neither can an address, which is accepted where all addresses are listened on.
 */
export function createHostCheck(hosts: readonly string[]): (host: string) => void {
  const names = new Set(hosts.map((host) => bracketed(host.toLowerCase())));
  const takesAddresses = names.has("0.0.0.0") || names.has("[::]");
  const isServed = ({ name, isLocal }: ReturnType<typeof parseHost>): boolean =>
    isLocal || names.has(name) || (takesAddresses && (isIPv4(name) || /^\[[0-9a-f:.]+\]$/.test(name)));
  // Nearly all requests name the same host.
  let served: string | undefined;
  return (host) => {
    if (host === served) return;
    const parsed = parseHost(host);
    if (isServed(parsed)) {
      served = host;
      return;
    }
    throw graphError(
      "BadRequest",
      `The host '${visibleText(host, 64)}' is not served here. ${helpFor(parsed.name)}`,
    );
  };
}

/** Whether a path is one that orchestrators ask for. They know the service by its address, and must reach it under load. */
export function isProbe(path: string): boolean {
  return path === "/livez" || path === "/readyz";
}

/** The names by which containers reach the machine that they run on. */
const containerNames = /^(?:host|gateway)\.(?:docker|containers|lima|rancher-desktop|orb)\.internal$/;

function helpFor(name: string): string {
  if (containerNames.test(name)) {
    return `That is how a container reaches its machine. Start the facade with --hosts ${name}, or INSTALL_SUMMARY_HOSTS=${name}.`;
  }
  return "Use localhost, 127.0.0.1 or a name that ends in .localhost, or add the name to the setting hosts; behind a proxy, see the settings publicUrl and proxies.";
}
