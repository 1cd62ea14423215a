import { graphError } from "@install-summary/core";
import { Server as NetServer, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import type { Connections } from "./connections.ts";
import type { WebServer } from "./create-server.ts";
import { mayBeMade } from "./refusal.ts";

/** Milliseconds after the beginning of a shutdown at which every open request gets a 503. */
const waitingMilliseconds = 8000;
/** Milliseconds after the beginning at which responses that are not read yet are cut. */
const unreadMilliseconds = 9000;

/** Milliseconds between two looks at the idle connections. */
const lookEvery = 10;
/** An idle connection is ended when so many looks in a row find that nothing arrived on it. */
const quietLooks = 10;

/** No connection waits to be taken any more once so many turns of the event loop in a row have brought none. */
const quietTurns = 3;
/** As many connections as Node asks the system to keep waiting: each has a turn, however long the process stands still. */
const maxWaiting = 511;
/** Milliseconds after which no more are taken: others may come for as long as the port is open. */
const takingMilliseconds = 1000;

/** What a shutdown needs to know of the connections. */
type Draining = Pick<Connections, "open" | "idle">;

/**
 * Takes the connections that wait, and then no more, responds to the open requests, and resolves when every connection has
 * ended. A connection that is kept alive may have a request on its way: one that arrives meanwhile is served, and its response
 * says that it is the last one.
 */
export async function drain(server: WebServer, connections: Draining): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  server.once("close", resolve);
  const last = new Map(connections.open().map((exchange) => [exchange.incoming.socket, exchange]));
  for (const { outgoing } of last.values()) outgoing.shouldKeepAlive = false;
  const looks = setInterval(createEndQuiet(connections), lookEvery);
  const timers = [
    setTimeout(() => respondUnavailable(connections), waitingMilliseconds),
    setTimeout(() => cutAll(server, connections), unreadMilliseconds),
  ];
  await takeWaiting(server);
  // The close of http would cut idle connections at once, and with them requests that were just sent.
  NetServer.prototype.close.call(server);
  await ended;
  clearInterval(looks);
  for (const timer of timers) clearTimeout(timer);
}

/** Cuts all connections: those, too, on which no request of HTTP can come, as of a caller that speaks no TLS. */
function cutAll(server: WebServer, connections: Draining): void {
  server.closeAllConnections();
  for (const socket of connections.idle()) socket.destroy();
}

/**
 * Resolves once the connections are taken that the system has made before. Node takes one in each turn of the event loop, and
 * the system cuts those that are left when the port is closed, whose requests may have been sent long ago.
 */
async function takeWaiting(server: WebServer): Promise<void> {
  let quiet = 0;
  const note = (): void => {
    quiet = 0;
  };
  server.on("connection", note).on("drop", note);
  const end = performance.now() + takingMilliseconds;
  for (let turns = 0; quiet < quietTurns && (turns < maxWaiting || performance.now() < end); turns += 1) {
    await turn();
    quiet += 1;
  }
  server.off("connection", note).off("drop", note);
}

/**
 * Makes one look, which ends the idle connections that have been quiet for long enough. Looks are counted, and not
 * milliseconds: between two of them Node reads what has arrived, however long this process had to wait for its turn.
 */
function createEndQuiet(connections: Draining): () => void {
  const quiet = new Map<Socket, { readonly bytes: number; readonly looks: number }>();
  return () => {
    for (const socket of connections.idle()) {
      const bytes = socket.bytesRead;
      const before = quiet.get(socket);
      const looks = before?.bytes === bytes ? before.looks + 1 : 0;
      quiet.set(socket, { bytes, looks });
      if (looks >= quietLooks) socket.destroy();
    }
  };
}

function respondUnavailable(connections: Draining): void {
  for (const { incoming, refuse } of connections.open()) {
    const message = `The service is shutting down.${mayBeMade(incoming)}`;
    refuse?.(graphError("ServiceUnavailable", message, { retryAfter: 5 }));
  }
}
