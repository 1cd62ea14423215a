import { graphError } from "@install-summary/core";
import type { Exchange } from "./exchange.ts";
import { GraphErrorWithHeaders, type MaybePromise, type PlainResponse } from "./response.ts";

/** The methods of what can only be read. */
export const readMethods: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** Throws the 405 for a method that is not among the allowed ones. */
export function checkMethod(method: string, allowed: readonly string[]): void {
  if (allowed.includes(method)) return;
  const message = "Specified HTTP method is not allowed for the request target.";
  throw new GraphErrorWithHeaders(graphError("MethodNotAllowed", message), { Allow: allowed.join(", ") });
}

/** The response to OPTIONS. */
export function optionsResponse(allowed: readonly string[]): PlainResponse {
  return { status: 204, headers: { Allow: allowed.join(", ") }, body: null };
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
