import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openBareStore } from "./bare-store.ts";
import { examplePatch, summary } from "../sample/example.ts";
import { summaryText } from "./summary-text.ts";

// The limits: node:http and nothing else. Started with the name of one of them and, where it keeps data, a file.

const [, , kind = "", file = ""] = process.argv;
const constant = summaryText(summary.id, examplePatch);

const listeners: Readonly<Record<string, () => RequestListener>> = {
  /** Answers one text, whatever is asked. */
  constant: () => (_request, response) => answer(response, constant, 1),
  /** The same once the body is read and is JSON. */
  body: () => async (request, response) => {
    JSON.parse(await readBody(request));
    answer(response, constant, 1);
  },
  /** Answers a summary from SQLite. */
  read: () => {
    const store = openBareStore(file);
    return (request, response) => {
      const { text, version } = store.read(idOf(request));
      if (request.headers["if-none-match"] === `W/"${version}"`)
        response.writeHead(304, headers(version)).end();
      else answer(response, text, version);
    };
  },
  /** Writes one counter and its change to SQLite, one durable transaction each. */
  commit: () => {
    const store = openBareStore(file);
    return async (request, response) => {
      const patch: { failedDeviceCount: number } = JSON.parse(await readBody(request));
      const { text, version } = store.update(idOf(request), patch.failedDeviceCount);
      answer(response, text, version);
    };
  },
};

const listener = listeners[kind];
if (listener === undefined) throw new Error(`there is no server '${kind}'`);
const server = createServer(listener());
server.listen(0, "127.0.0.1", () => {
  const address: AddressInfo | string | null = server.address();
  if (typeof address === "object") process.send?.(address?.port);
});
process.on("disconnect", () => process.exit());

function idOf(request: IncomingMessage): string {
  return request.url?.split("/")[4] ?? "";
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  request.setEncoding("utf8");
  for await (const chunk of request) body += String(chunk);
  return body;
}

function headers(version: number): Record<string, string> {
  return {
    "request-id": "0b3ee4a4-6a67-4b0e-8c0d-1f4f1f0f6f5a",
    "client-request-id": "0b3ee4a4-6a67-4b0e-8c0d-1f4f1f0f6f5a",
    "Cache-Control": "private, no-store",
    Vary: "Accept, Accept-Encoding, Authorization, Prefer",
    "X-Content-Type-Options": "nosniff",
    ETag: `W/"${version}"`,
  };
}

function answer(response: ServerResponse, text: string, version: number): void {
  response.writeHead(200, {
    ...headers(version),
    "Content-Type":
      "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
    "OData-Version": "4.0",
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}
