import { graphError } from "@install-summary/core";
import type { Server } from "node:http";
import { Server as NetServer } from "node:net";
import type { Connections } from "./connections.ts";
import { errorAsResponse } from "./refusal.ts";

/** The stages of a shutdown, in milliseconds after its beginning. */
export interface DrainTimes {
  /** Idle connections are ended now; until then requests that were just sent are still served. */
  readonly idle: number;
  /** Every open request gets a 503 now. */
  readonly waiting: number;
  /** Responses that are not read yet are cut now. */
  readonly unread: number;
}

const defaultTimes: DrainTimes = { idle: 100, waiting: 8000, unread: 9000 };

/** Takes no more connections, responds to the open requests, and resolves when every connection has ended. */
export async function drain(
  server: Server,
  connections: Connections,
  times: DrainTimes = defaultTimes,
): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  server.once("close", resolve);
  // The close of http would cut idle connections at once, and with them requests that were just sent.
  NetServer.prototype.close.call(server);
  const last = new Map(connections.open().map((exchange) => [exchange.incoming.socket, exchange]));
  for (const { outgoing } of last.values()) outgoing.shouldKeepAlive = false;
  const timers = [
    setTimeout(() => connections.endIdle(), times.idle),
    setTimeout(() => respondUnavailable(connections), times.waiting),
    setTimeout(() => server.closeAllConnections(), times.unread),
  ];
  await ended;
  for (const timer of timers) clearTimeout(timer);
}

function respondUnavailable(connections: Connections): void {
  const error = graphError("ServiceUnavailable", "The service is shutting down.", { retryAfter: 5 });
  for (const { respond } of connections.open()) respond?.(errorAsResponse(error));
}
