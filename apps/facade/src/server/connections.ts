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
  find(outgoing: object): OpenExchange | undefined;
  /** The open exchanges of one connection or of all, in the order in which they came. */
  open(socket?: Duplex): readonly OpenExchange[];
  /** Ends the connections without an open exchange. */
  endIdle(): void;
}

/** Tracks the connections of a server. */
export function trackConnections(server: Server): Connections {
  const sockets = new Set<Duplex>();
  const exchanges = new Map<object, OpenExchange>();
  server.on("connection", (socket: Duplex) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const open = (socket?: Duplex): readonly OpenExchange[] => {
    const all = [...exchanges.values()];
    return socket === undefined ? all : all.filter(({ incoming }) => incoming.socket === socket);
  };
  return {
    add(incoming, outgoing) {
      exchanges.set(outgoing, { incoming, outgoing });
      outgoing.once("close", () => exchanges.delete(outgoing));
    },
    find: (outgoing) => exchanges.get(outgoing),
    open,
    endIdle() {
      for (const socket of sockets) {
        if (open(socket).length === 0) socket.destroy();
      }
    },
  };
}
