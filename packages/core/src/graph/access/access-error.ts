import type { GraphErrorInit } from "../../http/graph-error.ts";
import { GraphErrorWithHeaders } from "../exchange/response.ts";

/** Why a caller is refused: without a token, for what is wrong with the token, or for what its holder may not do. */
export const accessFaults = [
  "missing",
  "malformed",
  "audience",
  "issuer",
  "signature",
  "expired",
  "early",
  "personal",
  "application",
  "permission",
] as const;

/** One of `accessFaults`. */
export type AccessFault = (typeof accessFaults)[number];

/** A 401, or a 403 that the token is the reason for. Its fault is for logs and metrics, and not sent to the caller. */
export class AccessError extends GraphErrorWithHeaders {
  readonly fault: AccessFault;

  constructor(fault: AccessFault, error: GraphErrorInit, headers: Readonly<Record<string, string>> = {}) {
    super(error, headers);
    this.fault = fault;
  }
}
