import { graphError } from "@install-summary/core";
import type { RequestListener } from "node:http";
import type { Log } from "../log/log.ts";
import type { CrossOriginHeaders } from "../http/cross-origin.ts";
import { bracketed } from "../http/addresses.ts";
import { isProbe } from "../http/hosts.ts";
import type { Limits } from "../settings/settings.ts";
import { createLoopTurns, type LoopTurns } from "../shares/loop-turns.ts";
import { createCallerShares, tooManyRequests } from "./caller-shares.ts";
import { createRefuseConnection, endUnread } from "./connection-faults.ts";
import { trackConnections, type OpenExchange } from "./connections.ts";
import { cutUnread } from "./cut-unread.ts";
import { createRespond, type Fetch } from "./create-respond.ts";
import { createPlainServer, createTlsServer, type TlsCertificate } from "./create-server.ts";
import { drain } from "./drain.ts";
import { listen } from "./listen.ts";
import { checkHead, dropEmptyPort } from "./node-request.ts";
import { expectsContinue } from "./read-body.ts";
import { createNoteRefusal, refuseBytes, refuseRequest } from "./refusal.ts";
import { createRequestTurns } from "./request-turns.ts";

/** What is served, and where. */
export interface ServerOptions {
  readonly fetch: Fetch;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** With it the server speaks HTTPS. */
  readonly certificate?: TlsCertificate | undefined;
  /** What every response to a page of an origin says. */
  readonly crossOriginHeaders?: CrossOriginHeaders;
  readonly limits: Limits;
  /** The turns in which requests are served, but for probes. @default its own */
  readonly turns?: LoopTurns;
  readonly log: Log;
  /** Is told why the server refused a request or a connection that does not reach `fetch`. */
  readonly onRefused?: ((reason: string) => void) | undefined;
}

/** What is open on a server. */
export interface ServerLoad {
  readonly connections: number;
  /** The exchanges that have begun and whose response is not sent to its end. */
  readonly exchanges: number;
}

/** A server that accepts connections. */
export interface RunningServer {
  /** The origin, such as `http://127.0.0.1:8420`. */
  readonly url: string;
  /** How much is open now. */
  load(): ServerLoad;
  /** Uses another certificate for the connections that come from now on. */
  setCertificate(certificate: TlsCertificate): void;
  /** Takes the connections that wait, and then no more, responds to the open requests, and resolves when all have ended: in 9 seconds at most. */
  close(): Promise<void>;
}

/** Starts to serve. Throws `UserError` where the address cannot be had. */
export async function startServer({
  fetch,
  host,
  port,
  certificate,
  crossOriginHeaders = () => undefined,
  limits,
  turns = createLoopTurns(),
  log,
  onRefused,
}: ServerOptions): Promise<RunningServer> {
  let closing = false;
  const note = createNoteRefusal(log, onRefused);
  const shares = createCallerShares(limits);

  const respond = createRespond({
    fetch,
    limits,
    shares,
    note,
    current: (socket) => connections.current(socket),
    goOn: (exchange, work) => requests.goOn(exchange, work),
    noteCaller: (exchange) => requests.noteCaller(exchange),
  });

  const refuse = ({ incoming, outgoing }: OpenExchange, error: unknown): void =>
    refuseRequest({ incoming, outgoing }, error, note, crossOriginHeaders(incoming.headers.origin));

  const respondTo = (exchange: OpenExchange): void => {
    const { incoming, outgoing } = exchange;
    // Without the 100 the caller may keep its body, and the next bytes would be taken for it.
    if (expectsContinue(incoming)) outgoing.shouldKeepAlive = false;
    if (closing && connections.open(incoming.socket).length === 1) outgoing.shouldKeepAlive = false;
    try {
      checkHead(incoming, limits);
      if (shares.isFull() && !isProbe(incoming.url ?? "")) throw tooManyRequests("all");
    } catch (error) {
      refuse(exchange, error);
      return;
    }
    dropEmptyPort(incoming);
    void respond(incoming, outgoing);
  };

  const requests = createRequestTurns(turns, { respond: respondTo, refuse });

  const add: RequestListener = (incoming, outgoing) => connections.add(incoming, outgoing);
  const opened =
    certificate === undefined
      ? createPlainServer(limits, add)
      : createTlsServer(limits, add, {
          certificate,
          refusePlain: (socket) => refuseBytes(socket, plainHttp(), note, { seconds: limits.requestSeconds }),
        });
  const { server } = opened;
  server.on("connection", () => turns.noteConnection());
  const connections = trackConnections(server, limits, (exchange) => requests.begin(exchange));
  // No maximum here: Node would drop further headers silently, while `checkHead` counts them.
  server.maxHeadersCount = 0;
  server.maxConnections = limits.connections;
  server.on("checkContinue", add).on("checkExpectation", add);
  endUnread(server, connections, limits, log);
  server.on("clientError", createRefuseConnection(connections, limits, { log, note, crossOriginHeaders }));
  server.on("drop", () => onRefused?.("connections"));
  const boundPort = await listen(server, host, port);
  const stopCutting = cutUnread(connections, log);

  return {
    url: `${certificate === undefined ? "http" : "https"}://${bracketed(host)}:${boundPort}`,
    load: () => ({ connections: connections.count(), exchanges: connections.begun() }),
    setCertificate: (next) => opened.setCertificate(next),
    async close() {
      closing = true;
      await drain(server, {
        open: () => connections.open(),
        idle: () => [...connections.idle(), ...opened.unready()],
      });
      stopCutting();
    },
  };
}

function plainHttp(): Error {
  return graphError(
    "BadRequest",
    "This port serves HTTPS only. Write https:// instead of http:// in the URL.",
  );
}
