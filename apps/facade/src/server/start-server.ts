import { getRequestListener, RequestError } from "@hono/node-server";
import { graphError } from "@install-summary/core";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { toResponse } from "../http/response.ts";
import { trackConnections } from "./connections.ts";
import { drain } from "./drain.ts";
import { errorAnswer, toGraphError } from "../http/error-response.ts";
import { checkHead } from "./request-head.ts";
import { listen } from "./listen.ts";
import { refuseRaw } from "./raw-response.ts";
import { createRefuseConnection } from "./refuse-connection.ts";
import { createRequestIds } from "../http/request-ids.ts";
import { bracketed } from "../http/hosts.ts";
import type { Limits } from "../settings/settings.ts";

export interface ServerOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly limits: Limits;
  readonly log: Logger;
}

export interface RunningServer {
  /** The origin, such as `http://127.0.0.1:8420`. */
  readonly url: string;
  /** Takes no more connections, answers what was asked, and resolves when all of it has ended: in 9 seconds at most. */
  close(): Promise<void>;
}

/** Starts to serve. Throws `UserError` where the address cannot be had. */
export async function startServer({ fetch, host, port, limits, log }: ServerOptions): Promise<RunningServer> {
  let closing = false;

  const respond = getRequestListener(
    (request, { outgoing }) => {
      const { promise, resolve, reject } = Promise.withResolvers<Response>();
      const exchange = connections.find(outgoing);
      if (exchange !== undefined) exchange.answer = resolve;
      Promise.resolve(fetch(request)).then(resolve, reject);
      return promise;
    },
    { errorHandler: answerFault },
  );

  const accept = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    connections.add(incoming, outgoing);
    if (closing) outgoing.shouldKeepAlive = false;
    try {
      checkHead(incoming, limits);
    } catch (error) {
      const ids = createRequestIds(null);
      const { status, code } = toGraphError(error);
      log.info({ requestId: ids.requestId, status, code }, "refused");
      refuseRaw(outgoing, error, ids);
      return;
    }
    void respond(incoming, outgoing);
  };

  const server = createServer(
    {
      // URL and headers together; which of them is too large, `checkHead` says.
      maxHeaderSize: limits.urlBytes + limits.headerBytes,
      headersTimeout: Math.min(limits.headerSeconds, limits.requestSeconds) * 1000,
      requestTimeout: limits.requestSeconds * 1000,
      keepAliveTimeout: limits.keepAliveSeconds * 1000,
      connectionsCheckingInterval: Math.min(limits.headerSeconds * 100, 1000),
      // `checkHead` asks for it, with an answer that has a body.
      requireHostHeader: false,
    },
    accept,
  );
  const connections = trackConnections(server);
  // Without a most: Node would drop the others in silence, `checkHead` counts them.
  server.maxHeadersCount = 0;
  server.maxConnections = limits.connections;
  server.on("checkExpectation", accept);
  server.on("clientError", createRefuseConnection(connections, limits, log));
  const boundPort = await listen(server, host, port);

  return {
    url: `http://${bracketed(host)}:${boundPort}`,
    async close() {
      closing = true;
      await drain(server, connections);
    },
  };
}

/** Answers where there is no `Request` to hand on: the target and `Host` make no URL together. */
function answerFault(error: unknown): Response {
  const ids = createRequestIds(null);
  const message = "The request target or the Host header is malformed.";
  const told = error instanceof RequestError ? graphError("BadRequest", message) : error;
  return toResponse(errorAnswer(told, ids), ids, "GET");
}
