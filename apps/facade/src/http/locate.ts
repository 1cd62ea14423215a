import { graphError, type GraphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import type { Exchange, RequestUrl } from "@install-summary/core/service";
import { BlockList, isIP } from "node:net";

/** Where callers see the service. */
export interface PublicPlace {
  /** The origin of all links; undefined for the one that each caller uses. */
  readonly publicUrl: string | undefined;
  /** The addresses and ranges of proxies. */
  readonly proxies: readonly string[];
}

/**
 * Makes what finds the URL that a caller wrote, whose origin links must have: `publicUrl`, else what a known proxy says in
 * `Forwarded` (RFC 7239) or `X-Forwarded-Proto`, `-Host` and `-For`, else the request's own. From other addresses these
 * headers are ignored. Throws the 400 for headers of a known proxy that are malformed or disagree.
 */
export function createLocate({
  publicUrl,
  proxies,
}: PublicPlace): (exchange: Pick<Exchange, "url" | "headers" | "remoteAddress">) => RequestUrl {
  const known = blockListOf(proxies);
  const isKnown = (address = ""): boolean => {
    const bare = address.replace(/^::ffff:(?=[0-9.]+$)/i, "").replace(/%.*$/, "");
    const family = isIP(bare);
    return family !== 0 && known.check(bare, family === 6 ? "ipv6" : "ipv4");
  };
  return ({ url, headers, remoteAddress }) => {
    const place = proxies.length > 0 && isKnown(remoteAddress) ? readPlace(headers, isKnown) : undefined;
    if (place === undefined && publicUrl === undefined) return url;
    const [scheme = "http"] = url.origin.split(":", 1);
    const { host = url.host, proto = scheme } = place ?? {};
    return { ...url, host, origin: publicUrl ?? `${proto}://${host}` };
  };
}

function blockListOf(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = "", bits] = proxy.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** What a proxy says about a request that it passed on. */
interface Hop {
  readonly for?: string | undefined;
  readonly host?: string | undefined;
  readonly proto?: string | undefined;
}

type Headers = Exchange["headers"];

/** A proxy that sets only one of the two kinds lets a caller's own header of the other kind through. */
function readPlace(headers: Headers, isKnown: (address?: string) => boolean): Hop | undefined {
  const forwarded = readForwarded(headers, isKnown);
  const older = readOlder(headers, isKnown);
  for (const name of ["host", "proto"] as const) {
    const [one, other] = [forwarded?.[name], older?.[name]];
    if (one !== undefined && other !== undefined && one !== other) {
      throw graphError(
        "BadRequest",
        `The headers Forwarded and X-Forwarded-${name === "host" ? "Host" : "Proto"} disagree. The proxy must remove the one that it does not set.`,
      );
    }
  }
  return forwarded === undefined && older === undefined ? undefined : { ...older, ...forwarded };
}

/** Source: RFC 7239 §4. The last element is the nearest proxy's. */
function readForwarded(headers: Headers, isKnown: (address?: string) => boolean): Hop | undefined {
  const text = headers.get("forwarded");
  if (text === null) return undefined;
  const hops = text.split(",").map((element): Hop => {
    const pairs = element.split(";").map((pair) => {
      const [, name = "", value = ""] = /^\s*([a-z]+)=("[^"\\]*"|[^\s"]*)\s*$/i.exec(pair) ?? [];
      if (name === "" && pair.trim() !== "") throw malformed("Forwarded", text);
      return [name.toLowerCase(), value.replaceAll('"', "")] as const;
    });
    const { for: node, host, proto } = Object.fromEntries(pairs);
    return { ...(node && { for: node }), ...(host && { host }), ...(proto && { proto }) };
  });
  return checkHop(firstUnknown(hops, isKnown), "Forwarded", "Forwarded");
}

function readOlder(headers: Headers, isKnown: (address?: string) => boolean): Hop | undefined {
  const [nodes, hosts, protos] = ["for", "host", "proto"].map((name) =>
    (headers.get(`x-forwarded-${name}`) ?? "").split(",").map((part) => part.trim()),
  );
  if ([nodes, hosts, protos].every((list) => list?.join("") === "")) return undefined;
  const back = countKnown(nodes ?? [], isKnown);
  const pick = (list: readonly string[] = []): string | undefined =>
    list[Math.max(0, list.length - 1 - back)] || undefined;
  return checkHop({ host: pick(hosts), proto: pick(protos) }, "X-Forwarded-Host", "X-Forwarded-Proto");
}

/** The hop that was passed on by known proxies alone: the farthest one that can be believed. */
function firstUnknown(hops: readonly Hop[], isKnown: (address?: string) => boolean): Hop {
  const back = countKnown(
    hops.map((hop) => hop.for ?? ""),
    isKnown,
  );
  return hops[Math.max(0, hops.length - 1 - back)] ?? {};
}

/** How many of the last nodes are known proxies. The first node is always the caller. */
function countKnown(nodes: readonly string[], isKnown: (address?: string) => boolean): number {
  let count = 0;
  while (count < nodes.length - 1 && isKnown(withoutPort(nodes[nodes.length - 1 - count]))) count += 1;
  return count;
}

/** `[2001:db8::1]:4711` and `192.0.2.1:80` without brackets and port. */
function withoutPort(node = ""): string {
  const [, bracketed] = /^\[([^\]]*)\]/.exec(node) ?? [];
  return bracketed ?? (/^[0-9.]+:[0-9]+$/.test(node) ? node.replace(/:.*$/, "") : node);
}

function checkHop({ host, proto }: Hop, hostHeader: string, protoHeader: string): Hop {
  const scheme = proto?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") throw malformed(protoHeader, scheme);
  if (host !== undefined && !isHost(host)) throw malformed(hostHeader, host);
  return {
    ...(host !== undefined && { host: host.toLowerCase() }),
    ...(scheme !== undefined && { proto: scheme }),
  };
}

function isHost(text: string): boolean {
  const [host, port = "0"] = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?$/i.exec(text) ?? [];
  return host !== undefined && Number(port) <= 65_535;
}

function malformed(header: string, value: string): GraphError {
  return graphError(
    "BadRequest",
    `The header ${header} of the proxy is malformed: '${visibleText(value, 64)}'.`,
  );
}
