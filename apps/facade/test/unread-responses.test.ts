import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { startServer, type RunningServer, type ServerOptions } from "../src/server/start-server.ts";
import { defaultLimits, type Limits } from "../src/settings/settings.ts";
import { apps, isOverHttps, read, summary, trustAuthority, useFacade } from "./facades.ts";
import { makeCertificate } from "./certificates.ts";
import { runFacade, startServing } from "./programs.ts";
import { largeReport } from "./reports.ts";
import { connectTo, openConnection, type RawConnection, send, splitResponses } from "./sockets.ts";
import { temporaryFolder } from "./stores.ts";

// What is on its way out is as bounded as what comes in.
const list = `${apps}?$expand=installSummary`;

test.skipIf(process.platform !== "linux")(
  "callers that never read the lists they ask for cost little memory, and others are served",
  async () => {
    const folder = temporaryFolder();
    const place = { folder, env: { NODE_OPTIONS: "--max-old-space-size=512" } };
    const report = largeReport(folder, 1000);
    expect((await runFacade(place, "import", report)).exit).toBe(0);
    const token = (await runFacade(place, "token")).stdout.trim();
    const { child, url: base } = await startServing(place, ...(isOverHttps() ? ["--https"] : []));
    if (isOverHttps()) trustAuthority({ authorityFile: join(folder, ".data", "ca.pem") });
    const url = new URL(base).origin;
    const ask = async (path: string): Promise<number> => {
      const response = await fetch(url + path, { headers: { Authorization: `Bearer ${token}` } });
      await response.arrayBuffer();
      return response.status;
    };
    const before = residentMegabytes(child.pid);
    const [connections, requests] = [40, 60];
    const head = `GET ${list} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    await Promise.all(Array.from({ length: connections }, () => sendUnread(url, head.repeat(requests))));
    for (let count = 0; count < 10; count += 1) {
      expect([await ask(list), await ask("/livez"), await ask("/readyz")]).toEqual([200, 200, 200]);
    }
    // All responses would be 1.6 GB. The old space may fill with garbage; each connection holds one response of 0.7 MB, over
    // TLS encrypted too, in buffers with room to spare.
    const megabytes = isOverHttps() ? 4 : 1;
    expect(residentMegabytes(child.pid) - before).toBeLessThan(512 + megabytes * connections);
    expect(child.exitCode).toBeNull();
  },
);

test("a response of which nothing more is taken is cut after its time, and the log says which", async () => {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: "info" }, { write: (line) => void lines.push(JSON.parse(line)) });
  const responseSeconds = 1;
  const server = await serve({ responseSeconds }, respondLarge, log);
  const { socket, ended } = await openConnection(server.url);
  socket.pause();
  socket.write(get("/"));
  await expect.poll(() => server.load().exchanges).toBe(1);
  const began = performance.now();
  await expect.poll(() => server.load().connections, { timeout: 10_000 }).toBe(0);
  const seconds = (performance.now() - began) / 1000;
  expect(seconds).toBeGreaterThan(responseSeconds * 0.9);
  expect(lines).toMatchObject([
    { level: 40, requestId: "large-1", method: "GET", reason: "responseSeconds", msg: "response cut" },
  ]);
  socket.resume();
  await ended;
});

test("a response of which nothing is taken in time is cut", async () => {
  const served = Promise.withResolvers<void>();
  const server = await serve({ responseSeconds: 0.2 }, (request) => {
    served.resolve();
    return new Response(request.url.endsWith("/large") ? "x".repeat(32 * 1024 * 1024) : "small");
  });
  const { socket, ended } = await openConnection(server.url);
  socket.pause();
  socket.write(get("/large"));
  await served.promise;
  // The server closes only when every connection has ended.
  await server.close();
  socket.resume();
  expect((await ended).length).toBeLessThan(32 * 1024 * 1024);
});

test("long responses that are not read are cut once they hold too much memory together, others are served", async () => {
  const long = "x".repeat(16 * 1024 * 1024);
  const server = await serve({}, (request) => new Response(request.url.endsWith("/long") ? long : "small"));
  const sockets = await Promise.all(Array.from({ length: 16 }, () => connectTo(server.url)));
  const closed = sockets.map((socket) => new Promise((resolve) => socket.once("close", resolve)));
  for (const socket of sockets) {
    socket.on("error", () => socket.destroy());
    socket.write(get("/long"));
    socket.pause();
  }
  // By their deadline none of them would be cut before 30 seconds.
  await expect.poll(() => server.load().connections).toBeLessThan(16);
  expect(await (await fetch(`${server.url}/small`)).text()).toBe("small");
  const left = server.load().connections;
  // 128 MiB are eight of them, and what the system holds comes on top.
  expect(left).toBeGreaterThan(6);
  for (const socket of sockets) socket.destroy();
  await Promise.all(closed);
});

test.each([
  ["one caller leaves", "many"],
  ["requests without a caller leave", undefined],
])("where %s much unread, the longer response of another caller is not cut", async (_, many) => {
  const size = { many: 16 * 1024 * 1024, one: 24 * 1024 * 1024 };
  const cut = Promise.withResolvers<string>();
  const log = pino({ level: "warn" }, { write: cut.resolve });
  const respond: ServerOptions["fetch"] = (request, { claim }) => {
    const isOne = request.url.endsWith("/one");
    const actor = isOne ? "one" : many;
    claim?.(actor === undefined ? undefined : { tenantId: "1", actor });
    return new Response("x".repeat(isOne ? size.one : size.many));
  };
  const server = await serve({}, respond, log);
  const open = async (path: string): Promise<Socket> => {
    const socket = await connectTo(server.url);
    socket.on("error", () => socket.destroy());
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    return socket.pause();
  };
  const one = await open("/one");
  await expect.poll(() => server.load().exchanges).toBe(1);
  await Promise.all(Array.from({ length: 12 }, () => open("/many")));
  expect(await cut.promise).toContain("a connection was cut");
  let length = 0;
  for await (const chunk of one) length += chunk.length;
  expect(length).toBeGreaterThan(size.one);
});

test("a response that is taken slowly is sent to its end", async () => {
  // A busy machine may let this caller take nothing for a second or two.
  const [size, responseSeconds] = [24 * 1024 * 1024, 4];
  const server = await serve({ responseSeconds }, () => new Response("x".repeat(size)));
  const socket = await connectTo(server.url);
  socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  let length = 0;
  for await (const chunk of socket) {
    length += chunk.length;
    // Some bytes are taken all the time, and in all it takes longer than the deadline allows without one.
    await setTimeout(Math.max(0, 1.25 * responseSeconds * (length / size) - elapsed()) * 1000);
  }
  expect(length).toBeGreaterThan(size);
  expect(elapsed()).toBeGreaterThan(responseSeconds);
});

test("a response that is not ready in time is a 504 with the id that the log has, and the connection is ended", async () => {
  const data = temporaryFolder();
  const lines: Record<string, unknown>[] = [];
  const facade = await useFacade({
    log: pino({ level: "info" }, { write: (line) => void lines.push(JSON.parse(line)) }),
    settings: { data, limits: { responseSeconds: 0.2 } },
  });
  const token = await facade.issueToken();
  using database = new DatabaseSync(join(data, "install-summary.db"));
  database.exec("BEGIN IMMEDIATE");
  lines.length = 0;
  const response = await send(
    facade.url,
    `PATCH ${summary} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 24\r\n\r\n{"failedDeviceCount": 5}',
  );
  const [{ status, head, body } = { status: 0, head: "", body: "" }] = splitResponses(response);
  expect(status).toBe(504);
  const { code, message, innerError } = JSON.parse(body).error;
  expect(message).toContain(
    "The change may have been made, or may still be. Read again before you repeat it.",
  );
  expect(head).toMatch(/^retry-after: \d+\r?$/im);
  expect(head).toMatch(/^connection: close\r?$/im);
  database.exec("ROLLBACK");
  expect(lines).toMatchObject([
    { requestId: innerError["request-id"], status, code, reason: "responseSeconds", msg: "not served" },
  ]);
});

test("a request above the limit in flight gets a 503 with Retry-After, a probe is served", async () => {
  const waiting: ((response: Response) => void)[] = [];
  const arrived = Promise.withResolvers<void>();
  const server = await serve({ requests: 2 }, (request, { claim }) => {
    if (!request.url.endsWith("/wait")) return new Response("ok");
    claim?.({ tenantId: "1", actor: `user ${waiting.length}` });
    return new Promise((resolve) => {
      if (waiting.push(resolve) === 2) arrived.resolve();
    });
  });
  const first = await openConnection(server.url);
  const second = await openConnection(server.url);
  first.socket.write(get("/wait"));
  second.socket.write(get("/wait"));
  await arrived.promise;
  const refused = await fetch(`${server.url}/more`);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
  expect((await read(refused)).error.code).toBe("ServiceUnavailable");
  expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  for (const respond of waiting) respond(new Response("done"));
  await Promise.all([first.received(/done$/), second.received(/done$/)]);
  expect((await fetch(`${server.url}/more`)).status).toBe(200);
});

test("requests whose callers are not known yet lock out no caller, whatever their number", async () => {
  const arrived = Promise.withResolvers<void>();
  const { promise: keysAreThere, resolve: bringKeys } = Promise.withResolvers<void>();
  let waiting = 0;
  const server = await serve({ requests: 4 }, async (request, { claim }) => {
    const actor = new URL(request.url).pathname;
    if (actor.startsWith("/wait")) {
      waiting += 1;
      if (waiting === 6) arrived.resolve();
      await keysAreThere;
    }
    claim?.({ tenantId: "1", actor });
    return new Response(actor);
  });
  const early = [1, 2, 3, 4, 5, 6].map((at) => fetch(`${server.url}/wait/${at}`));
  await arrived.promise;
  for (const path of ["/one", "/other", "/one"]) {
    const response = await fetch(server.url + path);
    expect([response.status, await response.text()]).toEqual([200, path]);
  }
  bringKeys();
  await Promise.all(early);
  expect((await fetch(`${server.url}/one`)).status).toBe(200);
});

test("where too many pipelined requests wait, the connections with most of them are cut, and no other", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const server = await serve({}, async () => {
    await released;
    return new Response("done");
  });
  const open = async (count: number): Promise<RawConnection> => {
    const connection = await openConnection(server.url);
    connection.socket.write(get("/").repeat(count));
    return connection;
  };
  const many = await Promise.all(Array.from({ length: 250 }, () => open(50)));
  await Promise.any(many.map(({ ended }) => ended));
  const few = await Promise.all(Array.from({ length: 30 }, () => open(3)));
  await expect.poll(() => server.load()).toSatisfy(({ connections, exchanges }) => connections === exchanges);
  for (const { socket } of many) socket.destroy();
  release();
  for (const { received } of few) await received(/(?:done[^]*){3}/);
});

test("one request at a time begins on a connection, and reading goes on when the others are done", async () => {
  const begun: string[] = [];
  const responds = new Map<string, (response: Response) => void>();
  const changed = () => new Promise<void>((resolve) => (notify = resolve));
  let notify: (() => void) | undefined;
  const server = await serve({}, (request) => {
    const path = new URL(request.url).pathname;
    begun.push(path);
    notify?.();
    return new Promise((resolve) => responds.set(path, resolve));
  });
  const { socket, received } = await openConnection(server.url);
  const firstBegun = changed();
  socket.write(get("/a") + get("/b") + get("/c"));
  await firstBegun;
  for (const path of ["/a", "/b", "/c"]) {
    expect(begun.at(-1)).toBe(path);
    const nextBegun = changed();
    responds.get(path)?.(new Response(`<${path}>`));
    await received(new RegExp(`<${path}>$`));
    if (path !== "/c") await nextBegun;
  }
  const laterBegun = changed();
  socket.write(get("/d"));
  await laterBegun;
  expect(begun).toEqual(["/a", "/b", "/c", "/d"]);
});

test("between the requests of one connection those of others have their turn", async () => {
  const begun: string[] = [];
  const server = await serve({}, (request) => {
    begun.push(new URL(request.url).pathname);
    return new Response("ok");
  });
  const [many, one] = [await openConnection(server.url), await openConnection(server.url)];
  many.socket.write(get("/many").repeat(200));
  one.socket.write(get("/one"));
  await one.received(/ok$/);
  expect(begun.indexOf("/one")).toBeLessThan(100);
  await expect.poll(() => begun.length).toBe(201);
});

test("a connection is cut that sends far more requests than it reads responses", async () => {
  const waiting: ((response: Response) => void)[] = [];
  let isStopping = false;
  const server = await serve({}, () =>
    isStopping ? new Response("ok") : new Promise((resolve) => void waiting.push(resolve)),
  );
  const connections = await Promise.all(Array.from({ length: 24 }, () => openConnection(server.url)));
  for (const { socket } of connections) socket.write("GET / HTTP/1.1\r\nHost:a\r\n\r\n".repeat(5000));
  expect(await Promise.race(connections.map(({ ended }) => ended))).toBe("");
  // One request at a time has begun on each of them.
  expect(waiting.length).toBeLessThanOrEqual(connections.length);
  isStopping = true;
  for (const respond of waiting) respond(new Response("ok"));
});

test("requests behind one whose bytes are malformed are not served, and those before it are", async () => {
  const begun: string[] = [];
  const server = await serve({}, (request) => {
    begun.push(new URL(request.url).pathname);
    return Promise.resolve(new Response("ok"));
  });
  const { socket, ended } = await openConnection(server.url);
  socket.write(
    `${get("/a")}PATCH /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n${get("/c")}`,
  );
  expect(splitResponses(await ended).map(({ status }) => status)).toEqual([200]);
  expect(begun).toEqual(["/a"]);
});

/** Responds as the app does, but much. */
async function respondLarge(): Promise<Response> {
  return new Response("x".repeat(32 * 1024 * 1024), { headers: { "request-id": "large-1" } });
}

function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
}

/** Serves without the app, so that a test decides when and with what it responds. */
async function serve(
  limits: Partial<Limits>,
  fetch: ServerOptions["fetch"],
  log = pino({ level: "silent" }),
): Promise<RunningServer> {
  const server = await startServer({
    fetch,
    host: "127.0.0.1",
    port: 0,
    certificate: isOverHttps() ? await makeCertificate() : undefined,
    limits: { ...defaultLimits, ...limits },
    log,
  });
  onTestFinished(() => server.close());
  return server;
}

/** Sends requests and never reads. Resolves when the bytes have left. */
async function sendUnread(url: string, bytes: string): Promise<void> {
  const socket = await connectTo(url);
  socket.on("error", () => socket.destroy());
  socket.pause();
  await new Promise((resolve) => socket.write(bytes, resolve));
}

function residentMegabytes(pid: number | undefined): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
