import { graphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";

/**
 * Refuses a `Host` that is no name of this machine's loopback and not the address that the server is bound to. A web
 * page whose name was made to point here (DNS rebinding) would be such a host.
 */
export function checkHost(host: string, bound: string): void {
  const name = host.replace(/:[0-9]*$/, "").toLowerCase();
  if (isLoopback(name) || name === bracketed(bound)) return;
  throw graphError(
    "BadRequest",
    `The host '${visibleText(host, 64)}' is not served here. Use the address that the service was started with.`,
  );
}

/** Whether a host's name stands for this machine alone. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || /^127(?:\.[0-9]{1,3}){3}$/.test(host) || bracketed(host) === "[::1]";
}

/** An IPv6 address as it stands in a URL. */
export function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
