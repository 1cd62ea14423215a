import type { Log } from "../log/log.ts";
import type { Connections } from "./connections.ts";

/** The maximum of bytes that wait until callers take them, on all connections together. */
const maxUnreadBytes = 128 * 1024 * 1024;

/** Milliseconds between two looks. */
const lookEvery = 250;

/**
 * Cuts connections whose callers do not take their responses, once these hold too much memory: those with the longest
 * responses first. Below that a response has the time that `responseSeconds` gives it. Returns what ends the looking.
 */
export function cutUnread({ open }: Pick<Connections, "open">, log: Pick<Log, "warn">): () => void {
  const look = (): void => {
    let unread = 0;
    for (const { outgoing } of open()) unread += outgoing.writableLength;
    if (unread <= maxUnreadBytes) return;
    const longest = [...open()].toSorted((one, other) => lengthOf(other) - lengthOf(one));
    for (const { incoming, outgoing, response } of longest) {
      if (unread <= maxUnreadBytes) return;
      unread -= outgoing.writableLength;
      log.warn(
        { requestId: response?.headers.get("request-id") ?? undefined, bytes: outgoing.writableLength },
        "responses that are not read hold too much memory; a connection was cut",
      );
      incoming.socket.destroy();
    }
  };
  const timer = setInterval(look, lookEvery).unref();
  return () => clearInterval(timer);
}

function lengthOf({ outgoing }: ReturnType<Connections["open"]>[number]): number {
  return outgoing.writableLength;
}
