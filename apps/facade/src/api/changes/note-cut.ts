import { isGraphError } from "@install-summary/core";
import type { Exchange } from "@install-summary/core/service";
import type { Log } from "../../log/log.ts";

/**
 * Logs why a response ends before it is whole. Its status is sent by then: the connection is closed, and the log is the only
 * place that says more.
 */
export async function* noteCut(
  chunks: AsyncGenerator<string>,
  { requestId, method, tenant, actor }: Exchange,
  log: Pick<Log, "warn" | "error">,
): AsyncGenerator<string> {
  try {
    yield* chunks;
  } catch (error) {
    const fields = { requestId, method, resource: "changes", tenant, actor };
    if (isGraphError(error)) log.warn({ ...fields, code: error.code }, "response cut");
    else log.error({ ...fields, err: error }, "response cut");
    throw error;
  }
}
