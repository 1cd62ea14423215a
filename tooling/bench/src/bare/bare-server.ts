import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { appIdOf } from "../sample/apps.ts";
import { examplePatch } from "../sample/example.ts";
import type { BareServerOptions } from "./bare-server-options.ts";
import { createBareGroup } from "./bare-group.ts";
import { openBareStore } from "./bare-store.ts";
import { createCallerWork, type CallerWork } from "./caller.ts";
import { listenBare } from "./listen-bare.ts";
import { summaryText } from "./summary-text.ts";

// The limits: node:http and nothing else. Bodies are read by events, which costs a sixth less than `for await`.

const [, , kind = "", file = "", logFile = "", token = "", certificate] = process.argv;
const constant = summaryText(appIdOf(0), examplePatch);
const fixedId = "0b3ee4a4-6a67-4b0e-8c0d-1f4f1f0f6f5a";

const listeners: Readonly<Record<string, () => RequestListener>> = {
  constant: () => (_request, response) => respond(response, constant, 1),
  body: () => (request, response) =>
    readBody(request, (body) => {
      JSON.parse(body);
      respond(response, constant, 1);
    }),
  read: () => serveRead(undefined),
  "read with caller": () => serveRead(createCallerWork(logFile, token)),
  "commit each": () => {
    const store = openBareStore(file);
    return serveChange((change, done) => {
      for (const summary of store.commit([change])) done(summary);
    }, undefined);
  },
  "group commit": () => serveChange(createBareGroup(openBareStore(file)), undefined),
  "group commit with caller": () =>
    serveChange(createBareGroup(openBareStore(file)), createCallerWork(logFile, token)),
} satisfies Readonly<Record<BareServerOptions["kind"], () => RequestListener>>;

const listener = listeners[kind];
if (listener === undefined) throw new Error(`There is no bare server '${kind}'.`);
listenBare(listener(), certificate);

function serveRead(caller: CallerWork | undefined): RequestListener {
  const store = openBareStore(file);
  return (request, response) => {
    const start = performance.now();
    if (caller?.authenticate(request) === false) return void response.writeHead(401).end();
    const [id, clientId] = caller?.readIds(request) ?? [fixedId, fixedId];
    const app = appOf(request);
    const { text, version } = store.read(app);
    if (request.headers["if-none-match"] === `W/"${version}"`) {
      response.writeHead(304, headers(version, id, clientId)).end();
    } else respond(response, text, version, id, clientId);
    caller?.log(request, app, response.statusCode, id, start);
  };
}

function serveChange(
  add: ReturnType<typeof createBareGroup>,
  caller: CallerWork | undefined,
): RequestListener {
  return (request, response) => {
    const start = performance.now();
    if (caller?.authenticate(request) === false) return void response.writeHead(401).end();
    const [id, clientId] = caller?.readIds(request) ?? [fixedId, fixedId];
    const app = appOf(request);
    readBody(request, (body) => {
      add({ id: app, failed: readFailed(body) }, ({ text, version }) => {
        respond(response, text, version, id, clientId);
        caller?.log(request, app, 200, id, start);
      });
    });
  };
}

function appOf(request: IncomingMessage): string {
  return request.url?.split("/")[4] ?? "";
}

/** A JSON object with the one counter that is changed: the minimum of a check. */
function readFailed(body: string): number {
  const patch: unknown = JSON.parse(body);
  if (typeof patch === "object" && patch !== null && "failedDeviceCount" in patch) {
    const { failedDeviceCount } = patch;
    if (typeof failedDeviceCount === "number") return failedDeviceCount;
  }
  throw new Error(`The body has no failed devices: ${body}`);
}

function readBody(request: IncomingMessage, use: (body: string) => void): void {
  let body = "";
  request
    .setEncoding("utf8")
    .on("data", (chunk: string) => {
      body += chunk;
    })
    .on("end", () => use(body));
}

function headers(version: number, id: string, clientId: string): Record<string, string> {
  return {
    "request-id": id,
    "client-request-id": clientId,
    "Cache-Control": "private, no-store",
    Vary: "Accept, Accept-Encoding, Authorization, Prefer",
    "X-Content-Type-Options": "nosniff",
    ETag: `W/"${version}"`,
  };
}

function respond(
  response: ServerResponse,
  text: string,
  version: number,
  id = fixedId,
  clientId = fixedId,
): void {
  response.writeHead(200, {
    ...headers(version, id, clientId),
    "Content-Type":
      "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
    "OData-Version": "4.0",
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}
