import { getRequestListener, RequestError } from "@hono/node-server";
import { graphError } from "@install-summary/core";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { toResponse } from "./http/answer.ts";
import { trackConnections } from "./http/connections.ts";
import { drain } from "./http/drain.ts";
import { errorAnswer, toGraphError } from "./http/error-answer.ts";
import { checkHead } from "./http/framing.ts";
import { refuseRaw } from "./http/raw-answer.ts";
import { createRefuseConnection } from "./http/refuse-connection.ts";
import { createRequestIds } from "./http/request-ids.ts";
import { bracketed } from "./http/served-host.ts";
import type { Limits } from "./settings.ts";
import { StartError } from "./start-error.ts";

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

/** Starts to serve. Throws `StartError` where the address cannot be had. */
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
  server.maxHeadersCount = 0;
  server.maxConnections = limits.connections;
  server.on("checkExpectation", accept);
  server.on("clientError", createRefuseConnection(connections, limits, log));
  await listen(server, host, port);

  return {
    url: `http://${bracketed(host)}:${boundPort(server)}`,
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

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen({ host, port });
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw new StartError(
      reasons.get(code)?.(host, port) ?? `Cannot listen on ${host}:${port}: ${String(error)}.`,
      { cause: error },
    );
  }
}

const reasons: ReadonlyMap<unknown, (host: string, port: number) => string> = new Map([
  [
    "EADDRINUSE",
    (host: string, port: number) =>
      `Port ${port} of ${host} is in use. Stop the program that uses it, or choose another port.`,
  ],
  [
    "EACCES",
    (_host: string, port: number) =>
      `Port ${port} needs more rights than this program has. Choose one above 1023.`,
  ],
  ["EADDRNOTAVAIL", (host: string) => `${host} is not an address of this machine.`],
  ["ENOTFOUND", (host: string) => `The host ${host} is not known.`],
]);

function boundPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server is not bound to a port");
  return address.port;
}
