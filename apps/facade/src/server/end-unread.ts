import { graphError } from "@install-summary/core";
import type { Socket } from "node:net";
import type { Logger } from "pino";
import { createRequestIds, errorResponse, toResponse } from "@install-summary/core/service";
import type { Limits } from "../settings/settings.ts";
import type { Connections } from "./connections.ts";
import { logRefusal } from "./log-refusal.ts";

/**
 * Makes the listener for connections on which nothing was sent, taken or received for `responseSeconds`. A response that
 * has begun is cut, one that has not becomes a 504. Node counts the bytes that a caller takes as activity.
 */
export function createEndUnread(
  connections: Connections,
  { responseSeconds }: Pick<Limits, "responseSeconds">,
  log: Logger,
): (socket: Socket) => void {
  return (socket) => {
    const current = connections.current(socket);
    if (current === undefined || current.outgoing.headersSent) {
      socket.destroy();
      return;
    }
    const { incoming, outgoing, respond } = current;
    // A request that is still arriving has a time limit of its own.
    if (!incoming.complete) return;
    if (respond === undefined) return;
    const ids = createRequestIds(null);
    const late = `The response was not ready within ${responseSeconds} seconds.`;
    const help =
      incoming.method === "PATCH" ? " The change may have been made. Read before you send it again." : "";
    const error = graphError("GatewayTimeout", late + help);
    logRefusal(log, ids, error);
    outgoing.shouldKeepAlive = false;
    respond(toResponse(errorResponse(error, ids), ids, "GET"));
  };
}
