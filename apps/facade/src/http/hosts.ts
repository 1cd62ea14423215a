import { graphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import { isIPv4 } from "node:net";

// Where the service may be reached is decided here: which addresses are this machine's alone, and which names a request
// may call the service by.

/** Whether a host, as a name or an address, can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || bracketed(name) === "[::1]" || (name.startsWith("127.") && isIPv4(name));
}

/**
 * Makes the check of a request's `Host`, which may be a loopback name or one of `hosts`. Any other is a 400: a web page
 * may have had its own name pointed at this machine (DNS rebinding).
 */
export function createHostCheck(hosts: readonly string[]): (host: string) => void {
  const names = new Set(hosts.map((host) => bracketed(host.toLowerCase())));
  return (host) => {
    const name = host.replace(/:[0-9]*$/, "").toLowerCase();
    if (names.has(name) || isLoopback(name)) return;
    throw graphError(
      "BadRequest",
      `The host '${visibleText(host, 64)}' is not served here. Use the address that the service was started with.`,
    );
  };
}

/** An IPv6 address as a URL writes it; any other host as it is. */
export function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
