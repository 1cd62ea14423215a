import { once } from "node:events";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import { buffer } from "node:stream/consumers";
import { createMemoryService, type MemoryApp } from "@install-summary/core/contract";
import { readReport } from "@install-summary/core/report";
import { sampleTenant } from "@tooling/launch/project";

/** What programs take for Microsoft Graph: the contract in memory, over HTTPS, for pages of every origin. */
export interface Graph extends AsyncDisposable {
  /** The base URL, ending in `/beta`. */
  readonly graph: string;
  readonly token: string;
  /** Removes `installSummary`, as Microsoft did. */
  withdraw(): void;
}

const headers = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "Authorization",
  "Access-Control-Expose-Headers": "ETag",
};

/** Starts one with the sample tenant. `certificate` is a file of PEM with a key. */
export async function startGraph(certificate: string): Promise<Graph> {
  const token = "a-token-of-graph";
  const service = createMemoryService({ apps: await readApps(), token });
  let isWithdrawn = false;

  const pem = await readFile(certificate);
  const server = createServer({ cert: pem, key: pem }, (request, response) => {
    const respond = async (): Promise<void> => {
      const result =
        request.method === "OPTIONS" ? new Response(null, { status: 204 }) : await serve(request);
      response.writeHead(result.status, { ...Object.fromEntries(result.headers), ...headers });
      response.end(await result.bytes());
    };
    void respond();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const origin = `https://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;

  async function serve(request: IncomingMessage): Promise<Response> {
    const url = `${origin}${request.url}`;
    if (isWithdrawn && url.includes("installSummary")) return removed(url);
    const { method = "GET" } = request;
    const bytes = new Uint8Array(await buffer(request));
    const body = bytes.length > 0 ? { body: bytes } : {};
    return service.fetch(new Request(url, { method, headers: headersOf(request), ...body }));
  }

  return {
    graph: `${origin}/beta`,
    token,
    withdraw: () => void (isWithdrawn = true),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What Graph responds with since June 2023. */
function removed(url: string): Response {
  const message = new URL(url).pathname.endsWith("/installSummary")
    ? "Resource not found for the segment 'installSummary'."
    : "Parsing OData Select and Expand failed: Could not find a property named 'installSummary' on type 'microsoft.graph.mobileApp'.";
  const innerError = { date: "2023-06-23T12:19:44", "request-id": crypto.randomUUID() };
  return Response.json({ error: { code: "BadRequest", message, innerError } }, { status: 400 });
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const entries = Object.entries(headersDistinct).map(([name, values = []]): [string, string] => [
    name,
    values.join(", "),
  ]);
  return new Headers(entries);
}

async function readApps(): Promise<readonly MemoryApp[]> {
  const apps: MemoryApp[] = [];
  for await (const row of readReport(createReadStream(sampleTenant))) {
    if ("problem" in row) throw new Error(row.problem);
    apps.push({ ...row.app, installSummary: row.patch });
  }
  return apps;
}
