import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createMemoryService, type MemoryApp, type MemoryService } from "@install-summary/core/contract";

/** A request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  /** The path with its query, after the origin. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/**
 * What happens to a request instead of its usual response: another response, a connection that breaks before or after
 * the request took effect, no response before or after it did, one that takes effect later, or a gateway that sends it
 * twice and passes on the second response.
 */
export type Intervention =
  | CannedResponse
  | Doubled
  | Delayed
  | "breakBefore"
  | "breakAfter"
  | "hang"
  | "hangAfter";

/** A request that arrives once something else has happened. */
export interface Delayed {
  readonly until: Promise<unknown>;
}

/** A request that arrives twice. */
export interface Doubled {
  /** What happens between both. */
  readonly between: () => void;
}

/** A response that a test writes itself. */
export interface CannedResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Whether the request takes effect all the same, as behind a gateway. */
  readonly applied?: true;
  /** Whether the connection breaks half-way through the body. */
  readonly cut?: true;
}

/** The memory service on a port, with the requests that it received. */
export interface ContractServer extends Pick<MemoryService, "current" | "change"> {
  /** The base URL, which ends in `/beta`. */
  readonly url: string;
  /** The only token that is accepted. */
  readonly token: string;
  readonly requests: readonly RecordedRequest[];
  /** Decides before each request is handled; undefined lets it go on as usual. */
  intervene(decide: (request: RecordedRequest) => Intervention | undefined): void;
  close(): Promise<void>;
}

/** Starts the memory service on a free port of loopback: a real HTTP server for the built programs. */
export async function startContractServer(options: {
  readonly apps: readonly MemoryApp[];
  /** @default 1000 */
  readonly pageSize?: number;
  /** Leaves every ETag out, as some hosts do. */
  readonly withoutETags?: boolean;
}): Promise<ContractServer> {
  const { apps, pageSize = 1000, withoutETags = false } = options;
  const token = "the-token-of-the-tests";
  const service = createMemoryService({ apps, pageSize, token });
  const requests: RecordedRequest[] = [];
  let decide = letThrough;
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const origin = `http://127.0.0.1:${address.port}`;

  return {
    url: `${origin}/beta`,
    token,
    requests,
    current: (appId) => service.current(appId),
    change: (appId, patch) => service.change(appId, patch),
    intervene(next) {
      decide = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = await record(request);
    requests.push(recorded);
    const intervention = decide(recorded);
    if (intervention === "hang") return;
    if (intervention === "breakBefore") return void request.socket.destroy();
    const canned = typeof intervention === "object" && "status" in intervention ? intervention : undefined;
    if (canned !== undefined && canned.applied !== true) return send(response, canned);
    if (typeof intervention === "object" && "between" in intervention) {
      await service.fetch(toRequest(origin, recorded));
      intervention.between();
    }
    if (typeof intervention === "object" && "until" in intervention) await intervention.until;
    const served = await service.fetch(toRequest(origin, recorded));
    if (intervention === "hangAfter") return;
    if (canned !== undefined) return send(response, canned);
    if (intervention === "breakAfter") return void request.socket.destroy();
    const { etag, ...headers } = Object.fromEntries(served.headers);
    const text = await served.text();
    response.writeHead(served.status, { ...headers, ...(!withoutETags && etag !== undefined && { etag }) });
    response.end(withoutETags ? text.replace(/"@odata\.etag":"(?:[^"\\]|\\.)*",/g, "") : text);
  }
}

async function record(request: IncomingMessage): Promise<RecordedRequest> {
  let body = "";
  request.setEncoding("utf8");
  for await (const chunk of request) body += String(chunk);
  return { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
}

function toRequest(origin: string, { method, url, headers, body }: RecordedRequest): Request {
  const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  // These headers belong to the connection, not to the request.
  const own = sent.filter(([name]) => !["connection", "content-length", "host"].includes(name));
  return new Request(origin + url, { method, headers: own, ...(body !== "" && { body }) });
}

function send(response: ServerResponse, { status, headers = {}, body, cut }: CannedResponse): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  const length = { "content-length": Buffer.byteLength(text) };
  response.writeHead(status, { "content-type": "application/json", ...length, ...headers });
  if (cut === true) response.write(text.slice(0, text.length / 2), () => response.destroy());
  else response.end(text);
}

function letThrough(_request: RecordedRequest): Intervention | undefined {
  return undefined;
}
