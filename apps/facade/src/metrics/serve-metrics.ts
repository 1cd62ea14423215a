import { isGraphError } from "@install-summary/core";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { bracketed, splitAddress } from "../http/addresses.ts";
import { createHostCheck } from "../http/hosts.ts";
import { trackConnections, type OpenExchange } from "../server/connections.ts";
import { listen } from "../server/listen.ts";

/** What is served, and where. */
export interface MetricsServerOptions {
  /** Address and port, as `127.0.0.1:9464`; port 0 picks a free one. */
  readonly address: string;
  readonly contentType: string;
  readonly read: () => Promise<string>;
}

/** A server of metrics. */
export interface MetricsServer {
  /** Such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `/metrics` and nothing else. Throws `UserError` where the address cannot be had. */
export async function serveMetrics({
  address,
  contentType,
  read,
}: MetricsServerOptions): Promise<MetricsServer> {
  const { host, port } = splitAddress(address);
  // Other names are those of web pages that had them pointed at this machine.
  const checkHost = createHostCheck([host]);
  const respond = async ({
    method,
    url = "",
    headers,
  }: IncomingMessage): Promise<[status: number, text: string]> => {
    checkHost(headers.host ?? "");
    if (url.replace(/\?.*$/, "") !== "/metrics") return [404, "Metrics are at /metrics.\n"];
    if (method !== "GET" && method !== "HEAD") return [405, "Use GET.\n"];
    return [200, await read()];
  };
  const begin = ({ incoming, outgoing }: OpenExchange): void =>
    void respond(incoming).then(
      ([status, text]) => send(outgoing, status, text, status === 200 ? contentType : plainText),
      (error: unknown) => {
        const isRefused = isGraphError(error);
        const text = isRefused ? error.message : "Failed.";
        send(outgoing, isRefused ? error.status : 500, `${text}\n`, plainText);
      },
    );
  const server = createServer(serverOptions, (incoming, outgoing) => connections.add(incoming, outgoing));
  // A response that is not read keeps the next one of its connection from being made.
  const connections = trackConnections(server, { requestSeconds: timeLimit / 1000 }, begin);
  server.maxConnections = maxConnections;
  server.setTimeout(timeLimit);
  const boundPort = await listen(server, host, port, "--metrics");
  return {
    url: `http://${bracketed(host)}:${boundPort}/metrics`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const plainText = "text/plain; charset=utf-8";

/** Few programs read metrics. More connections would only take their room from the callers of the service. */
const maxConnections = 50;

/** Milliseconds in which a request must arrive, and a response must be taken. */
const timeLimit = 10_000;

const serverOptions = {
  headersTimeout: timeLimit,
  requestTimeout: timeLimit,
  // Prometheus asks each minute or more often, on the same connection.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
};

function send(response: ServerResponse, status: number, text: string, type: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(text);
}
