import { graphError } from "@install-summary/core";
import type { Server } from "node:http";
import { Server as NetServer } from "node:net";
import { toResponse } from "../http/response.ts";
import type { Connections } from "./connections.ts";
import { errorAnswer } from "../http/error-response.ts";
import { createRequestIds } from "../http/request-ids.ts";

/** The stages of an end, in milliseconds after its beginning. */
export interface DrainTimes {
  /** When idle connections are ended; until then what their callers have just sent is still answered. */
  readonly idle: number;
  /** When everything that is not answered yet is answered with 503. */
  readonly unanswered: number;
  /** When what is not read yet is cut. */
  readonly unread: number;
}

const defaultTimes: DrainTimes = { idle: 100, unanswered: 8000, unread: 9000 };

/** Takes no more connections, answers what was asked, and resolves when every connection has ended. */
export async function drain(
  server: Server,
  connections: Connections,
  times: DrainTimes = defaultTimes,
): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  server.once("close", resolve);
  // Not http's own close, which cuts idle connections at once, and with them what their callers have just sent.
  NetServer.prototype.close.call(server);
  for (const { outgoing } of connections.open()) outgoing.shouldKeepAlive = false;
  const timers = [
    setTimeout(() => connections.endIdle(), times.idle),
    setTimeout(() => giveUp(connections), times.unanswered),
    setTimeout(() => server.closeAllConnections(), times.unread),
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
