import { isIPv4 } from "node:net";

/** Whether a host, as a name or an address, can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || bracketed(name) === "[::1]" || (name.startsWith("127.") && isIPv4(name));
}

/** An IPv6 address as a URL writes it; any other host as it is. */
export function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
