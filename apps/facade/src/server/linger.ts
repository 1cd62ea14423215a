import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** Milliseconds between two looks at a connection whose response has been sent. */
const lookEvery = 50;
/** A caller of which nothing has come at so many looks in a row has had time to read its response. */
const quietLooks = 10;

/** A connection, and how many bytes have come on it. */
export type Lingering = Duplex & { readonly bytesRead?: number };

/**
 * Ends a connection whose caller may still send: what is sent is read away, as long as it comes, for `seconds` at most. A
 * connection that is closed before it was read to its end takes the response away from its caller.
 */
export function linger(socket: Lingering, seconds: number): void {
  socket.end();
  socket.resume();
  cutOnceQuiet(socket, seconds);
}

/** Reads the rest of a body away after its response, and cuts the connection where it does not come to its end in that way. */
export function readAwayBody(incoming: IncomingMessage, seconds: number): void {
  const { socket } = incoming;
  incoming.resume();
  const stop = cutOnceQuiet(socket, seconds);
  incoming.once("end", () => {
    stop();
    // The response was the last one of its connection.
    if (socket.writableEnded) linger(socket, seconds);
  });
}

/**
 * Returns what ends the looking: nothing of it stays with a connection that goes on. Looks are counted, and not milliseconds:
 * between two of them Node reads what has arrived, however long this process had to wait for its turn.
 */
function cutOnceQuiet(socket: Lingering, seconds: number): () => void {
  const end = performance.now() + seconds * 1000;
  let quiet = { bytes: socket.bytesRead, looks: 0 };
  const stop = (): void => {
    clearInterval(timer);
    socket.off("close", stop);
  };
  const timer = setInterval(() => {
    const bytes = socket.bytesRead;
    quiet = { bytes, looks: bytes === quiet.bytes ? quiet.looks + 1 : 0 };
    if (quiet.looks >= quietLooks || performance.now() > end) socket.destroy();
  }, lookEvery).unref();
  socket.on("close", stop);
  return stop;
}
