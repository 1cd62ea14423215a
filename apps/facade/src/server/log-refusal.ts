import type { Logger } from "pino";
import { type RequestIds, toGraphError } from "@install-summary/core/service";

/** Logs an error that the server itself responds with, of which the app has no line. */
export function logRefusal(log: Logger, { requestId }: RequestIds, error: unknown): void {
  const { status, code } = toGraphError(error);
  log.info({ requestId, status, code }, "refused");
}
