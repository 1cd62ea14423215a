import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** A caller that has sent nothing for so long after its response has had time to read it. */
const quietMilliseconds = 500;

/** A connection, and how many bytes have come on it. */
export type Lingering = Duplex & { readonly bytesRead?: number };

/**
 * Ends a connection whose caller may still send: what is sent is read away, as long as it comes, for `seconds` at most. A
 * connection that is closed before it was read to its end takes the response away from its caller.
 */
export function linger(socket: Lingering, seconds: number): void {
  socket.end();
  socket.resume();
  cutOnceQuiet(socket, seconds, () => false);
}

/** Reads the rest of a body away after its response, and cuts the connection where it does not come to its end in that way. */
export function readAwayBody(incoming: IncomingMessage, seconds: number): void {
  const { socket } = incoming;
  incoming.resume();
  // Where the response was the last one, its connection is ended, and closes with the body.
  incoming.once("end", () => {
    if (socket.writableEnded) socket.destroy();
  });
  cutOnceQuiet(socket, seconds, () => incoming.complete);
}

function cutOnceQuiet(socket: Lingering, seconds: number, isDone: () => boolean): void {
  const end = performance.now() + seconds * 1000;
  let bytes = socket.bytesRead;
  const timer = setInterval(() => {
    const isQuiet = socket.bytesRead === bytes;
    bytes = socket.bytesRead;
    if (isDone()) clearInterval(timer);
    else if (isQuiet || performance.now() > end) socket.destroy();
  }, quietMilliseconds).unref();
  socket.once("close", () => clearInterval(timer));
}
