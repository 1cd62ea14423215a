import type { Log } from "../log/log.ts";
import type { Connections, OpenExchange } from "./connections.ts";

/** The maximum of bytes that wait until callers take them, on all connections together. */
const maxUnreadBytes = 128 * 1024 * 1024;

/** Milliseconds between two looks. */
const lookEvery = 250;

/**
 * Cuts connections whose callers do not take their responses, once these hold too much memory: those of the caller for
 * whom most waits first, and of these the longest. All without a caller are as those of one. Below that a response has the
 * time that `responseSeconds` gives it. Returns what ends the looking.
 */
export function cutUnread({ open }: Pick<Connections, "open">, log: Pick<Log, "warn">): () => void {
  const look = (): void => {
    let unread = 0;
    for (const exchange of open()) unread += lengthOf(exchange);
    if (unread <= maxUnreadBytes) return;
    for (const { incoming, outgoing, response } of inOrderOfCutting(open())) {
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

function inOrderOfCutting(exchanges: readonly OpenExchange[]): readonly OpenExchange[] {
  const ofCallers = new Map<string | undefined, number>();
  const ofCaller = ({ caller }: OpenExchange): number => ofCallers.get(caller) ?? 0;
  for (const exchange of exchanges) {
    ofCallers.set(exchange.caller, ofCaller(exchange) + lengthOf(exchange));
  }
  return exchanges.toSorted(
    (one, other) => ofCaller(other) - ofCaller(one) || lengthOf(other) - lengthOf(one),
  );
}

function lengthOf({ outgoing }: OpenExchange): number {
  return outgoing.writableLength;
}
