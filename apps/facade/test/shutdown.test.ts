import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { createFacade } from "../src/facade.ts";
import { trackConnections } from "../src/server/connections.ts";
import { defaultLimits } from "../src/settings/settings.ts";
import { drain } from "../src/server/drain.ts";
import { summary, useFacade } from "./facades.ts";
import { openConnection, splitResponses, untilRefused } from "./sockets.ts";
import { expectWholeLog, readLog, temporaryFolder } from "./stores.ts";

test("under load every change that reaches the facade is acknowledged and recorded, until connections are refused", async () => {
  const data = temporaryFolder();
  const facade = await useFacade({ settings: { data } });
  const acknowledged: string[] = [];
  const refused: string[] = [];
  const begun = Promise.withResolvers<void>();
  const write = async (writer: number): Promise<void> => {
    for (let count = 0; ; count += 1) {
      try {
        const response = await facade.patch({ failedDeviceCount: writer * 1_000_000 + count });
        await response.text();
        if (response.status !== 200) throw new Error(`unexpected status ${response.status}`);
        acknowledged.push(response.headers.get("request-id") ?? "");
        if (acknowledged.length === 100) begun.resolve();
      } catch (error) {
        refused.push(
          error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error),
        );
        return;
      }
    }
  };
  const writers = Array.from({ length: 16 }, (_, writer) => write(writer));
  await begun.promise;
  await facade.close();
  await Promise.all(writers);
  expect(refused).toHaveLength(16);
  // The last response on each connection said so, and no new connection was made, or taken.
  for (const reason of refused) expect(reason).toMatch(/^connect (?:ECONNREFUSED|ECONNRESET) /);

  const file = join(data, "install-summary.db");
  await expectWholeLog(file, developmentTenantId);
  const recorded = readLog(file, developmentTenantId).map(({ requestId }) => requestId);
  expect(recorded).toEqual(expect.arrayContaining(acknowledged));
  expect(recorded).toHaveLength(acknowledged.length + 3);
});

test("an open connection gets the 503 of /readyz, and ends", async () => {
  const facade = await useFacade();
  const { socket, received, ended } = await openConnection(facade.url);
  socket.write("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await received(/ok\n$/);
  const closed = facade.close();
  socket.write("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const [, response] = splitResponses(await ended);
  expect(response?.head).toMatch(/^HTTP\/1\.1 503 [^]*^Retry-After: 5\r[^]*^Connection: close/m);
  await closed;
});

test.each([
  ["", 0],
  [", also where the process stands still meanwhile", 1100],
])(
  "requests of many connections that came just before are served, though few of them are taken yet%s",
  async (_, milliseconds) => {
    const facade = await useFacade();
    const opened = await Promise.all(Array.from({ length: 100 }, () => openConnection(facade.url)));
    for (const { socket } of opened) socket.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds));
    const closed = facade.close();
    const responses = await Promise.all(opened.map(async ({ ended }) => (await ended).slice(0, 15)));
    expect(responses).toEqual(opened.map(() => "HTTP/1.1 200 OK"));
    await closed;
  },
);

test("a request whose body is still being sent is served, and no other connection is taken meanwhile", async () => {
  const facade = await useFacade();
  const token = await facade.issueToken();
  const { socket, received, ended } = await openConnection(facade.url);
  socket.write(
    `PATCH ${summary} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`,
  );
  await received(/100 Continue/);
  const closed = facade.close();
  await untilRefused(facade.url);
  socket.write("{}");
  expect(await ended).toMatch(/HTTP\/1\.1 200 OK[^]*^Connection: close/m);
  await closed;
});

test("an idle connection does not delay the end", async () => {
  const facade = await useFacade();
  const { ended } = await openConnection(facade.url);
  await facade.close();
  expect(await ended).toBe("");
});

test("a request that takes more than eight seconds gets a 503, and after nine every connection is cut", async () => {
  const arrived = { "/slow": Promise.withResolvers<void>(), "/stuck": Promise.withResolvers<void>() };
  const server = createServer((incoming, outgoing) => connections.add(incoming, outgoing));
  const connections = trackConnections(server, defaultLimits, (exchange) => {
    const { incoming, outgoing } = exchange;
    if (incoming.url === "/slow") {
      exchange.refuse = (error) => void outgoing.writeHead(503).end(error.message);
    }
    arrived[incoming.url === "/slow" ? "/slow" : "/stuck"].resolve();
  });
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const [slow, stuck] = [
    await openConnection(`http://127.0.0.1:${port}`),
    await openConnection(`http://127.0.0.1:${port}`),
  ];
  slow.socket.write("PATCH /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  stuck.socket.write("GET /stuck HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await arrived["/slow"].promise;
  await arrived["/stuck"].promise;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const drained = drain(server, connections);
  vi.advanceTimersByTime(8000);
  const response = await slow.ended;
  expect(response).toMatch(/^HTTP\/1\.1 503 [^]*^Connection: close/m);
  expect(response).toContain(
    "The service is shutting down. The change may have been made, or may still be. Read again before you repeat it.",
  );
  vi.advanceTimersByTime(999);
  expect(connections.open()).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(await stuck.ended).toBe("");
  await drained;
});

test("a facade without a data folder leaves nothing behind, and may be closed twice", async () => {
  const temporary = temporaryFolder();
  vi.stubEnv("TMPDIR", temporary);
  const facade = await createFacade();
  expect(readdirSync(temporary)).toHaveLength(1);
  await facade.close();
  await facade.close();
  expect(readdirSync(temporary)).toEqual([]);
});

test("a facade is prepared before its port opens", async () => {
  const first = await createFacade();
  await first.close();
  let asked: Promise<Response> | undefined;
  const facade = await createFacade({
    settings: { port: Number(new URL(first.url).port) },
    prepare: async (unopened) => {
      expect(await unopened.isEmpty()).toBe(true);
      asked = fetch(`${first.url}/readyz`);
      await expect(asked).rejects.toThrow("fetch failed");
    },
  });
  onTestFinished(() => facade.close());
  expect(asked).toBeDefined();
  expect(facade.url).toBe(first.url);
  expect((await fetch(`${facade.url}/readyz`)).status).toBe(200);
});

test("where the port is in use nothing is prepared and nothing is written", async () => {
  const { url } = await useFacade();
  const data = join(temporaryFolder(), "data");
  const settings = { data, port: Number(new URL(url).port) };
  const prepare = vi.fn<() => Promise<void>>();
  await expect(createFacade({ settings, prepare })).rejects.toThrow(
    `Port ${settings.port} of 127.0.0.1 is in use. Stop the program that uses it, or choose another with --port.`,
  );
  expect(prepare).not.toHaveBeenCalled();
  expect(existsSync(data)).toBe(false);
});

test("a facade that cannot start unlocks its folder", async () => {
  const data = temporaryFolder();
  const starting = createFacade({
    settings: { data },
    prepare: () => Promise.reject(new Error("no apps")),
  });
  await expect(starting).rejects.toThrow("no apps");
  const again = await createFacade({ settings: { data } });
  await again.close();
});

test("a facade serves this machine alone", async () => {
  await expect(createFacade({ settings: { host: "0.0.0.0" } })).rejects.toThrow(
    /^host must be 127\.0\.0\.1, ::1 or localhost: .* this machine only; got 0\.0\.0\.0\. To serve other machines, set tenants and audience of Entra ID\.$/,
  );
});

test("a connection on which no request can come is cut after nine seconds, though its caller goes on sending", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const sending = new Socket();
  let bytes = 0;
  Object.defineProperty(sending, "bytesRead", { get: () => (bytes += 1) });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const drained = drain(server, { open: () => [], idle: () => [sending] });
  vi.advanceTimersByTime(8990);
  expect(sending.destroyed).toBe(false);
  vi.advanceTimersByTime(10);
  expect(sending.destroyed).toBe(true);
  await drained;
});
