import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** How long a caller may go on sending after its response before the connection is cut, so that it can read the response. */
const lingerMilliseconds = 500;

/** Ends a connection once its caller has had time to read the response. */
export function linger(socket: Duplex): void {
  socket.end();
  socket.resume();
  setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
}

/** Discards the rest of a body after its response, and cuts the connection where the body does not end soon. */
export function cutUnreadBody(incoming: IncomingMessage): void {
  incoming.resume();
  setTimeout(() => {
    if (!incoming.complete) incoming.socket.destroySoon();
  }, lingerMilliseconds).unref();
}
