import { graphError } from "@install-summary/core";
import type { Server } from "node:http";
import { Server as NetServer } from "node:net";
import { toResponse } from "./answer.ts";
import type { Connections } from "./connections.ts";
import { errorAnswer } from "./error-answer.ts";
import { createRequestIds } from "./request-ids.ts";

/** How long idle connections stay: what their callers have just sent is still answered. */
const graceMilliseconds = 100;
/** After this time what is not answered yet is answered with 503. */
const patienceMilliseconds = 8000;
/** After this time what is not read yet is cut. */
const lastMilliseconds = 9000;

/** Takes no more connections, answers what was asked, and resolves when every connection has ended. */
export async function drain(server: Server, connections: Connections): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  server.once("close", resolve);
  // Not http's own close, which cuts idle connections at once, and with them what their callers have just sent.
  NetServer.prototype.close.call(server);
  for (const { outgoing } of connections.open()) outgoing.shouldKeepAlive = false;
  const timers = [
    setTimeout(() => connections.endIdle(), graceMilliseconds),
    setTimeout(() => giveUp(connections), patienceMilliseconds),
    setTimeout(() => server.closeAllConnections(), lastMilliseconds),
  ];
  await ended;
  for (const timer of timers) clearTimeout(timer);
}

function giveUp(connections: Connections): void {
  const error = graphError("ServiceUnavailable", "The service is shutting down.", { retryAfter: 5 });
  for (const { answer } of connections.open()) {
    const ids = createRequestIds(null);
    answer?.(toResponse(errorAnswer(error, ids), ids, "GET"));
  }
}
