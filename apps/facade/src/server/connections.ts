import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** A request whose response is not sent to its end yet. */
export interface OpenExchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** Sends this response instead of the one that is being made. */
  respond?: (response: Response) => void;
}

/** The connections of a server, and the exchanges that are open on them. */
export interface Connections {
  /** Tracks a request until its response is sent. */
  add(incoming: IncomingMessage, outgoing: ServerResponse): void;
  find(request: { readonly socket: Duplex }): OpenExchange | undefined;
  /** The open exchanges of one connection or of all, in the order in which they came. */
  open(socket?: Duplex): readonly OpenExchange[];
  /** Ends the connections without an open exchange. */
  endIdle(): void;
}

/**
 * Tracks the connections of a server. Exchanges are kept in arrays by connection: a `Map` that every request enters and
 * leaves grows anew all the time, and each table that V8 leaves behind keeps what was in it until a full collection.
 */
export function trackConnections(server: Server): Connections {
  const connections = new Map<Duplex, OpenExchange[]>();
  server.on("connection", (socket: Duplex) => {
    connections.set(socket, []);
    socket.once("close", () => connections.delete(socket));
  });
  return {
    add(incoming, outgoing) {
      const exchanges = connections.get(incoming.socket);
      if (exchanges === undefined) return;
      const exchange = { incoming, outgoing };
      exchanges.push(exchange);
      outgoing.once("close", () => exchanges.splice(exchanges.indexOf(exchange), 1));
    },
    find: (request) => connections.get(request.socket)?.find(({ incoming }) => incoming === request),
    open: (socket) =>
      socket === undefined ? [...connections.values()].flat() : [...(connections.get(socket) ?? [])],
    endIdle() {
      for (const [socket, exchanges] of connections) {
        if (exchanges.length === 0) socket.destroy();
      }
    },
  };
}
