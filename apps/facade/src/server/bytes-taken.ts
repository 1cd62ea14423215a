import type { Socket } from "node:net";

/** What a socket of Node sends by: how many bytes it was given, and how many of them the system has not taken yet. */
interface Handle {
  readonly bytesWritten: number;
  readonly writeQueueSize: number;
}

/**
 * How many bytes the system has taken from a connection to send them: encrypted ones where it is of TLS. What Node documents
 * of a socket counts a long write as a whole, at its end, which may be minutes after its caller has begun to take it.
 */
export function bytesTaken(socket: Pick<Socket, "bytesWritten" | "writableLength">): number {
  const handle = handleIn(socket, "_handle");
  // A socket that has ended has none.
  if (handle === undefined) return socket.bytesWritten - socket.writableLength;
  // Below that of TLS is that of the connection.
  const { bytesWritten, writeQueueSize } = handleIn(handle, "_parent") ?? handle;
  return bytesWritten - writeQueueSize;
}

function handleIn(owner: object, name: string): Handle | undefined {
  const handle: unknown = Reflect.get(owner, name);
  return isHandle(handle) ? handle : undefined;
}

function isHandle(value: unknown): value is Handle {
  return typeof value === "object" && value !== null && "bytesWritten" in value && "writeQueueSize" in value;
}
