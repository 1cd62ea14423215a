import { graphError } from "@install-summary/core";
import { GraphErrorWithHeaders } from "./error-response.ts";
import type { Exchange } from "./exchange.ts";
import type { PlainResponse } from "./response.ts";
import type { MaybePromise } from "./when-ready.ts";

/** The `Allow` header of what can only be read. */
export const readMethods = "GET, HEAD, OPTIONS";

/** Throws the 405 for a method that an `Allow` header does not list. */
export function checkMethod(method: string, allow: string): void {
  if (allow.split(", ").includes(method)) return;
  const message = "Specified HTTP method is not allowed for the request target.";
  throw new GraphErrorWithHeaders(graphError("MethodNotAllowed", message), { Allow: allow });
}

/** The response to OPTIONS. */
export function optionsResponse(allow: string): PlainResponse {
  return { status: 204, headers: { Allow: allow }, body: null };
}

/** Responds with a page that everyone may read. */
export function servePage(
  { method }: Exchange,
  read: () => MaybePromise<PlainResponse>,
): MaybePromise<PlainResponse> {
  if (method === "OPTIONS") return optionsResponse(readMethods);
  checkMethod(method, readMethods);
  return read();
}
