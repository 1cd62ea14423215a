import { graphError } from "@install-summary/core";
import { splitUrl, type RequestUrl } from "@install-summary/core/service";
import type { IncomingMessage } from "node:http";

/** The characters of a target and of a host that a URL has as they are. Nearly every request has no other. */
const plainTarget = /^\/[\w!#$&'()*+,\-./:;=?@[\]~]*$/;
const plainHost = /^[a-z0-9._-]+(?::(?:[1-9][0-9]{3}|[1-5][0-9]{4}))?$/;
const dotSegment = /\/\.{1,2}(?:[/?#]|$)/;

/** The URL of a request, by its target and its `Host`. Throws the 400 where the two do not form one. */
export function requestUrl(
  { url: target = "/", headers: { host = "" } }: IncomingMessage,
  scheme: "http" | "https",
): RequestUrl {
  const isPlain = plainTarget.test(target) && !dotSegment.test(target) && plainHost.test(host);
  return splitUrl(isPlain ? `${scheme}://${host}${target}` : parseUrl(scheme, host, target));
}

function parseUrl(scheme: string, host: string, target: string): string {
  const [path = ""] = target.split("?", 1);
  // A URL would take it for a slash, and other servers on the way do not.
  if (path.includes("\\")) throw malformed();
  const isWhole = !target.startsWith("/");
  const url = URL.parse(isWhole ? target : `${scheme}://${host}${target}`);
  if (url === null || (!isWhole && !isHostOf(url, host))) throw malformed();
  return url.href;
}

/** Whether a `Host` is a name with a port at most: `a@b` and `a/b` would name another host or a path. */
function isHostOf({ hostname }: URL, host: string): boolean {
  if (hostname.length === host.length) return true;
  return hostname === host.replace(/:[0-9]+$/, "").toLowerCase();
}

function malformed(): Error {
  return graphError("BadRequest", "The request target or the Host header is malformed.");
}
