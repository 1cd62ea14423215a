// Imports nothing: the table of settings uses it, and all of core would be loaded for every --help.

/** Which hosts the development issuer may be served on, and why: the end of a sentence "host must be …". */
export const loopbackRule =
  "127.0.0.1, ::1 or localhost: development tokens can be made by everyone who reads the data folder, so the " +
  "development issuer serves this machine only";

/** Whether a host, as a name or an address, can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || bracketed(name) === "[::1]" || loopbackIPv4.test(name);
}

/**
 * The name in a `Host` header, without its port and in lower case, and whether it belongs to this machine: as every
 * loopback name does, and every name that ends in `.localhost`. Source: RFC 6761 §6.3.
 */
export function parseHost(host: string): { readonly name: string; readonly isLocal: boolean } {
  const name = host.replace(/:[0-9]*$/, "").toLowerCase();
  return { name, isLocal: isLoopback(name) || localName.test(name) };
}

/** An IPv6 address as a URL writes it; any other host as it is. */
export function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

/** An address with a port, as `127.0.0.1:9464` or `[::1]:9464`, in its two parts, without brackets. */
export function splitAddress(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(":");
  return {
    host: address.slice(0, colon).replace(/^\[(.*)\]$/, "$1"),
    port: Number(address.slice(colon + 1)),
  };
}

/** Whether a host is an IPv4 address. */
export function isIPv4(host: string): boolean {
  return ipv4.test(host);
}

/** Labels as hosts have them: a response may write the name into its JSON. */
const localName = /^(?:[a-z0-9_-]+\.)+localhost$/;

// Written out, since node:net would be loaded for every --help.
const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const loopbackIPv4 = new RegExp(`^127(?:\\.${octet}){3}$`);
