import { parseETags } from "../http/etag.ts";
import { ClientError } from "./errors.ts";
import type { UpdateOptions } from "./call-options.ts";

/** Parses the base URL and ends it with a slash. Throws `TypeError` for anything but http(s), and for a password. */
export function parseBaseUrl(baseUrl: string | URL): URL {
  const text = String(baseUrl);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    // What is in front of an @ may be a password.
    const shown = text.replace(/^.*@/s, "…@");
    throw new TypeError(
      `The base URL '${shown}' is not an http or https URL. An example: http://127.0.0.1:8420/beta.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError("A base URL must not contain a user name or password. The token says who is asking.");
  }
  url.search = "";
  url.hash = "";
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

/**
 * The `If-Match` header of a PATCH. Throws `GraphError` 400 for a malformed one, and `ClientError` where a guard was
 * asked for and the host has sent no usable ETag.
 */
export function parseIfMatch(options: Pick<UpdateOptions, "ifMatch">): string | undefined {
  if (!("ifMatch" in options)) return undefined;
  // In JavaScript an absent header is null, as `Headers.get` gives it.
  if (options.ifMatch === undefined || options.ifMatch === null) {
    throw notGuarded("change", "Leave ifMatch out to let the last writer win.");
  }
  parseETags(options.ifMatch);
  return options.ifMatch.trim();
}

/** The error for a guard that was asked for where the host has sent no usable ETag, with what to do without one. */
export function notGuarded(what: "change" | "edit", advice: string): ClientError {
  const message = `The ${what} cannot be guarded: the host sent no usable ETag. ${advice}`;
  return new ClientError("PreconditionRequired", message);
}

/** Checks an option. Throws `RangeError` unless it is a whole number from `minimum` to `maximum`. */
export function requireWhole(name: string, value: number, minimum: number, maximum: number): number {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new RangeError(`${name} must be a whole number from ${minimum} to ${maximum}; got ${value}.`);
}
