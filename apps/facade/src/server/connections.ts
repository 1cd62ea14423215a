import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Server as TlsServer } from "node:tls";
import type { Refusable } from "../http/refusable.ts";
import type { Limits } from "../settings/settings.ts";
import type { WebServer } from "./create-server.ts";
import { linger, readAwayBody } from "./linger.ts";

/** A request whose response is not sent to its end yet. */
export interface OpenExchange extends Refusable {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** The response that was made, once it is there. */
  response?: Response;
  /** The key of its caller, once that is known. */
  caller?: string;
  /** Whether it got an error before its response was asked for. */
  isRefused?: boolean;
}

/** The connections of a server, and the exchanges that are open on them. */
export interface Connections {
  /** Takes a request. It begins once the responses to the requests before it on its connection are sent. */
  add(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /** Whether a connection is open on which requests can come: over TLS, after the handshake. */
  has(socket: Duplex): boolean;
  /** The exchange that has begun on a connection. */
  current(socket: Duplex): OpenExchange | undefined;
  /** The open exchanges of one connection or of all, in the order in which they came; the first of each has begun. */
  open(socket?: Duplex): readonly OpenExchange[];
  /** Whether the last request of a connection was answered before its body was there to its end, which has not come since. */
  isUnread(socket: Duplex): boolean;
  /** Drops an exchange that has not begun. */
  drop(exchange: OpenExchange): void;
  /** How many connections are open. */
  count(): number;
  /** How many exchanges have begun. */
  begun(): number;
  /** The connections without an open exchange. */
  idle(): readonly Socket[];
}

/** What is known of a connection. */
interface Tracked {
  readonly socket: Socket;
  readonly exchanges: OpenExchange[];
  /** The request whose response was sent before its body was there to its end. */
  unread?: IncomingMessage;
}

/**
 * The maximum number of requests that wait for those before them, on all connections together. Node parses everything
 * that one read brings, up to 64 KiB on each connection, before reading can be paused. Above it the connection with most is cut.
 */
const maxWaiting = 10_000;

/**
 * Tracks the connections of a server, on each of which one exchange at a time is open: what is on its way out is
 * bounded by the number of connections. Exchanges are kept in arrays by connection. In a `Map` that every request
 * enters and leaves, V8 keeps replacing the table, and each old table holds its requests until a full garbage collection.
 */
export function trackConnections(
  server: WebServer,
  { requestSeconds }: Pick<Limits, "requestSeconds">,
  begin: (exchange: OpenExchange) => void,
): Connections {
  const connections = new Map<Duplex, Tracked>();
  let begun = 0;
  let waiting = 0;

  const event = server instanceof TlsServer ? "secureConnection" : "connection";
  server.on(event, (socket: Socket) => {
    const exchanges: OpenExchange[] = [];
    connections.set(socket, { socket, exchanges });
    // Node closes a connection by this behind its last response, also where the caller still sends. What was not read then
    // takes the response away from the caller, so it is read away first.
    const close = socket.destroySoon.bind(socket);
    socket.destroySoon = () => {
      const isRead = exchanges.length < 2 && exchanges[0]?.incoming.complete !== false && !socket.isPaused();
      if (isRead) close();
      else socket.end();
    };
    // Node resumes reading after each response.
    socket.on("resume", () => {
      if (exchanges.length > 1) socket.pause();
    });
    socket.once("close", () => {
      connections.delete(socket);
      if (exchanges.length === 0) return;
      begun -= 1;
      waiting -= exchanges.length - 1;
    });
  });

  const start = (exchange: OpenExchange): void => {
    exchange.outgoing.once("close", () => finish(exchange));
    begin(exchange);
  };

  const finish = ({ incoming }: OpenExchange): void => {
    const { socket } = incoming;
    const tracked = connections.get(socket);
    if (tracked === undefined) return;
    const { exchanges } = tracked;
    exchanges.shift();
    begun -= 1;
    const [next] = exchanges;
    if (!incoming.complete) {
      tracked.unread = incoming;
      readAwayBody(incoming, requestSeconds);
    }
    if (next === undefined) return;
    waiting -= 1;
    begun += 1;
    if (exchanges.length === 1) socket.resume();
    // The requests of other connections have their turn before the next one of this connection.
    setImmediate(() => {
      if (!connections.has(socket)) return;
      // A response may have said that it is the connection's last one.
      if (socket.writable) start(next);
      else linger(socket, requestSeconds);
    });
  };

  return {
    add(incoming, outgoing) {
      const { socket } = incoming;
      const exchanges = connections.get(socket)?.exchanges;
      if (exchanges === undefined || socket.destroyed) return;
      const exchange = { incoming, outgoing };
      exchanges.push(exchange);
      if (exchanges.length === 1) {
        begun += 1;
        return start(exchange);
      }
      waiting += 1;
      socket.pause();
      if (waiting > maxWaiting) longest(connections.values())?.socket.destroy();
    },
    has: (socket) => connections.has(socket),
    current: (socket) => connections.get(socket)?.exchanges[0],
    open: (socket) =>
      socket === undefined
        ? [...connections.values()].flatMap(({ exchanges }) => exchanges)
        : [...(connections.get(socket)?.exchanges ?? [])],
    isUnread: (socket) => connections.get(socket)?.unread?.complete === false,
    drop(exchange) {
      const exchanges = connections.get(exchange.incoming.socket)?.exchanges ?? [];
      const at = exchanges.indexOf(exchange);
      if (at < 1) return;
      exchanges.splice(at, 1);
      waiting -= 1;
    },
    count: () => connections.size,
    begun: () => begun,
    idle: () =>
      [...connections.values()].filter(({ exchanges }) => exchanges.length === 0).map(({ socket }) => socket),
  };
}

/** The connection on which most requests are. */
function longest(connections: Iterable<Tracked>): Tracked | undefined {
  let found: Tracked | undefined;
  for (const one of connections) {
    if (one.exchanges.length > (found?.exchanges.length ?? 0)) found = one;
  }
  return found;
}
