import { graphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import { isIPv4 } from "node:net";
import { bracketed, isLoopback } from "./loopback.ts";

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
    if (takesAddresses && (isIPv4(name) || /^\[[0-9a-f:.]+\]$/.test(name))) return;
    throw graphError(
      "BadRequest",
      `The host '${visibleText(host, 64)}' is not served here. Use localhost, 127.0.0.1 or a name that ends in .localhost, or send such a name in the Host header.`,
    );
  };
}
