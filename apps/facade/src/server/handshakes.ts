import type { Socket } from "node:net";
import type { Server, TLSSocket } from "node:tls";

/** How connections are treated that have not finished their handshake. */
export interface HandshakeRules {
  /** The time in which the first byte must come. */
  readonly milliseconds: number;
  /** Responds on a connection on which plain HTTP comes, and ends it. */
  readonly refusePlain: (socket: Socket) => void;
}

/** The first byte of a handshake. Source: RFC 8446 §5.1. */
const handshakeType = 0x16;

/**
 * Looks at the first byte of each connection before TLS does, which has no words for a client that sends plain HTTP, and
 * knows the connections that have not finished their handshake.
 */
export function holdHandshakes(
  server: Server,
  { milliseconds, refusePlain }: HandshakeRules,
): { unready(): readonly Socket[] } {
  const unready = new Map<string, Socket>();
  const begin = server.listeners("connection");
  server.removeAllListeners("connection");

  server.on("connection", (socket: Socket) => {
    const name = nameOf(socket);
    unready.set(name, socket);
    const end = (): void => void socket.destroy();
    const forget = (): void => void (unready.get(name) === socket && unready.delete(name));
    socket.once("close", forget).once("error", end).setTimeout(milliseconds, end);
    socket.once("data", (bytes: Buffer) => {
      socket.pause();
      socket.setTimeout(0).off("timeout", end);
      if (bytes[0] === handshakeType) {
        socket.off("error", end).unshift(bytes);
        for (const listener of begin) listener.call(server, socket);
      } else if (isText(bytes[0])) {
        refusePlain(socket);
      } else {
        socket.destroy();
      }
    });
  });
  server.on("secureConnection", (socket: TLSSocket) => unready.delete(nameOf(socket)));

  return { unready: () => [...unready.values()] };
}

/** A socket of TLS does not say over which connection it goes, but it has the same other end. */
function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Whether a request of HTTP can begin with a byte: a letter, or a line end before it. */
function isText(byte = 0): boolean {
  return /[A-Za-z\r\n]/.test(String.fromCharCode(byte));
}
