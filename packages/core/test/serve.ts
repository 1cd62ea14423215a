import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Handles a request; `before` is the number of earlier requests. */
export type Handler = (request: SeenRequest, response: ServerResponse, before: number) => void;

export interface TestServer {
  readonly origin: string;
  /** The base URL for a client, which ends in `/beta`. */
  readonly baseUrl: string;
  /** Every received request, in order. */
  readonly requests: readonly SeenRequest[];
}

/** Starts an HTTP server on a free port of the loopback; it ends with the test. */
export async function serve(handler: Handler): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
      requests.push(seen);
      handler(seen, response, requests.length - 1);
    });
  });
  const origin = await listen(server);
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { origin, baseUrl: `${origin}/beta`, requests };
}

/** Sends a JSON response. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** An origin without a server. */
export async function deadOrigin(): Promise<string> {
  const server = createServer();
  const origin = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return origin;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${address.port}`;
}
