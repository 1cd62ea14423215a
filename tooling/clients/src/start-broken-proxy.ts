import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { createServer, request as send } from "node:https";
import { buffer, text } from "node:stream/consumers";
import type { TeamFacade } from "./start-team-facade.ts";

/** What is wrong between a client and the facade. */
export interface Breakage {
  /** The read that fails, counted from 1; those before it and after it succeed. */
  readonly read?: number;
  /** How it fails. */
  readonly status?: number;
  readonly body?: string;
  /** What all responses lack. */
  readonly without?: "ETag" | "failedDeviceCount";
}

/** A proxy in front of a facade that breaks what comes through it. */
export interface BrokenProxy extends AsyncDisposable {
  /** The base URL, ending in `/beta`. */
  readonly graph: string;
  /** The requests that were no reads. */
  readonly writes: readonly string[];
}

/** Starts one over HTTPS, with the facade's own certificate. */
export async function startBrokenProxy(facade: TeamFacade, breakage: Breakage): Promise<BrokenProxy> {
  const [pem, ca] = await Promise.all([readFile(facade.certificate), readFile(facade.ca)]);
  const writes: string[] = [];
  let reads = 0;

  const server = createServer({ cert: pem, key: pem }, (request, response) => {
    if (request.method === "GET") reads += 1;
    else writes.push(`${request.method} ${request.url}`);
    if (request.method === "GET" && reads === breakage.read) {
      response.writeHead(breakage.status ?? 502).end(breakage.body);
      return;
    }
    void forward(request).then(({ statusCode, headers, body }) =>
      response.writeHead(statusCode ?? 502, headers).end(body),
    );
  });

  async function forward(request: IncomingMessage) {
    const { "accept-encoding": _, ...headers } = request.headers; // what is compressed could not be changed
    const onward = send(new URL(request.url ?? "", facade.graph), { method: request.method, headers, ca });
    onward.end(await buffer(request));
    const [response]: IncomingMessage[] = await once(onward, "response");
    if (response === undefined) throw new Error("no response came");
    const dropped = ["content-length", "transfer-encoding", ...(breakage.without === "ETag" ? ["etag"] : [])];
    const kept = Object.entries(response.headers).filter(([name]) => !dropped.includes(name));
    const body = without(breakage.without, await text(response));
    return { statusCode: response.statusCode, headers: Object.fromEntries(kept), body };
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    graph: `https://localhost:${typeof address === "object" ? address?.port : ""}/beta`,
    writes,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** JSON without a member, wherever it is. */
function without(name: Breakage["without"], body: string): string {
  if (name === undefined || body === "") return body;
  const member = name === "ETag" ? "@odata.etag" : name;
  return JSON.stringify(JSON.parse(body, (key, value: unknown) => (key === member ? undefined : value)));
}
