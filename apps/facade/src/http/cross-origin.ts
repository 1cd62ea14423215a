import type { HeaderReader } from "@install-summary/core";
import type { Exchange } from "@install-summary/core/service";
import { repeatedHeader, repeatedIdHeader, variedBy } from "@install-summary/core/service";
import { parseHost } from "./addresses.ts";

/** The headers of responses that a client reads. A page sees none that is not named here. */
const exposedHeaders = `ETag, request-id, client-request-id, Preference-Applied, Retry-After, ${repeatedHeader}, ${repeatedIdHeader}`;

/** Headers of a response. */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** The headers by which the page of an origin may read a response; undefined where no origin is listed. */
export type CrossOriginHeaders = (origin: string | null | undefined) => ExtraHeaders | undefined;

/**
 * Makes what says the headers that let a page of a listed origin read a response. None where no origin is listed. Source:
 * the Fetch standard, "HTTP responses" of the CORS protocol.
 */
export function createCrossOriginHeaders(origins: readonly string[]): CrossOriginHeaders {
  if (origins.length === 0) return () => undefined;
  const Vary = `${variedBy}, Origin`;
  const others: ExtraHeaders = { Vary };
  const listed = new Map(
    origins.map((origin): [string, ExtraHeaders] => [
      origin,
      {
        Vary,
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": exposedHeaders,
      },
    ]),
  );
  return (origin) => listed.get(origin ?? "") ?? others;
}

/** Whether a request is a browser's question whether a page may send another one. */
export function isPreflight({ method, headers }: Pick<Exchange, "method" | "headers">): boolean {
  return (
    method === "OPTIONS" &&
    headers.get("origin") !== null &&
    headers.get("access-control-request-method") !== null
  );
}

/** Whether a response may be read by the page of a listed origin. */
export function isListed(extraHeaders: ExtraHeaders | undefined): extraHeaders is ExtraHeaders {
  return extraHeaders?.["Access-Control-Allow-Origin"] !== undefined;
}

/**
 * What the response to a preflight says beside: the methods that a page may send, and the headers that are asked for, since
 * none of them gives a page more than its token does. `allow` is the resource's `Allow`.
 */
export function preflightHeaders(headers: HeaderReader, allow?: string | null): ExtraHeaders {
  const methods = methodsFor(headers.get("access-control-request-method") ?? "", allow);
  const asked = headers.get("access-control-request-headers");
  const isPrivate = headers.get("access-control-request-private-network") === "true";
  return {
    ...(methods !== undefined && { "Access-Control-Allow-Methods": methods }),
    "Access-Control-Max-Age": "600",
    ...(asked !== null && isTokens(asked) && { "Access-Control-Allow-Headers": asked }),
    ...(isPrivate && { "Access-Control-Allow-Private-Network": "true" }),
  };
}

/**
 * A page can read what is wrong with its request only where that request is sent: any where nothing is served, and the
 * lower-case form of a method.
 */
function methodsFor(asked: string, allow: string | null | undefined): string | undefined {
  if (allow === null || allow === undefined) return isTokens(asked) ? asked : undefined;
  const allowed = allow.split(", ");
  const isMisspelt = !allowed.includes(asked) && allowed.includes(asked.toUpperCase());
  return isMisspelt ? `${allow}, ${asked}` : allow;
}

/** Whether a text is names of headers, or of methods, with commas between them. */
function isTokens(text: string): boolean {
  return tokens.test(text);
}

const tokens = /^[\w!#$%&'*+.^`|~-]+(?:[ \t]*,[ \t]*[\w!#$%&'*+.^`|~-]+)*$/;

const stay: ExtraHeaders = { "Strict-Transport-Security": "max-age=31536000" };

/**
 * Makes what a response over HTTPS says so that browsers stay with it. On a loopback name it would bind every other program
 * there.
 */
export function createStrictTransport(): (url: Exchange["url"]) => ExtraHeaders | undefined {
  // Nearly all requests name the same host.
  let named: string | undefined;
  let isLocal = false;
  return ({ origin, host }) => {
    if (!origin.startsWith("https:")) return undefined;
    if (host !== named) {
      named = host;
      isLocal = parseHost(host).isLocal;
    }
    return isLocal ? undefined : stay;
  };
}
