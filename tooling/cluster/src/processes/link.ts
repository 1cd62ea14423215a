import { createServer, connect, type Socket } from "node:net";

/** A way to a port of this machine that can be cut, as a cable can. */
export interface Link extends AsyncDisposable {
  /** The port to connect to instead. */
  readonly port: number;
  /** Lets nothing through in either direction any more; connections stay open on both sides. */
  cut(): void;
  /** Lets through what has waited, and everything after it. */
  mend(): void;
}

/** Opens a way to a port of the loopback address. */
export async function openLink(target: number): Promise<Link> {
  const sockets = new Set<Socket>();
  const ended = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect({ port: target, host: "127.0.0.1" });
    join(near, far);
    join(far, near);
  });
  const join = (from: Socket, to: Socket): void => {
    sockets.add(from);
    if (isCut) from.pause();
    from.on("data", (part) => {
      if (!to.write(part)) from.pause();
    });
    to.on("drain", () => {
      if (!isCut) from.resume();
    });
    // Its close follows.
    from.on("error", () => undefined);
    from.on("end", () => to.end());
    from.on("close", () => {
      sockets.delete(from);
      // The end of one side too must not be seen through a cut link.
      if (isCut) ended.add(to);
      else to.destroySoon();
    });
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The link has no port.");
  return {
    port: address.port,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend() {
      isCut = false;
      for (const socket of ended) socket.destroySoon();
      ended.clear();
      for (const socket of sockets) socket.resume();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
