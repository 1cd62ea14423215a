import { Socket } from "node:net";
import { settledSoon } from "../sql/settled-soon.ts";

/** The sockets of the connections to a database, also of those that are being made or that end. */
export interface Sockets {
  /** Makes the next one, which is not connected yet. */
  open(): Socket;
  /** Resolves once all have closed. Those that a server does not close in time are cut: it may be silent. */
  end(): Promise<void>;
  /** Closes all at once, whatever is on its way. */
  cut(): void;
}

/** Creates a set without sockets. */
export function createSockets(): Sockets {
  const sockets = new Set<Socket>();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    open() {
      const socket = new Socket();
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      return socket;
    },
    async end() {
      const closed = Array.from(sockets, (socket) => new Promise((resolve) => socket.once("close", resolve)));
      await settledSoon(Promise.all(closed));
      cut();
    },
    cut,
  };
}
