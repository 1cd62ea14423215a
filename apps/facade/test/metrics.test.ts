import { once } from "node:events";
import { createServer, request as sendRequest } from "node:http";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { createFacade } from "../src/facade.ts";
import { createLog } from "../src/log/log.ts";
import { connectTo, openConnection } from "./sockets.ts";
import { apps, openFacade, summary, unknownId } from "./facades.ts";

/** The values of a reading by their names and labels. */
async function read(url: string | undefined): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(url ?? "");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ""), Number(line.replace(/.* /, ""))]));
}

test("what a facade does is counted: responses by route and status, refused tokens, commits, and what is open", async () => {
  const facade = await openFacade({ settings: { metrics: "127.0.0.1:0" } });
  const before = await read(facade.metricsUrl);
  await facade.get(summary);
  await facade.get(summary);
  await facade.get(`${apps}/${unknownId}/installSummary`);
  await facade.get(summary, { token: null });
  await facade.get(summary, { token: "x" });
  expect((await facade.patch({ failedDeviceCount: 41 })).ok).toBe(true);
  // Neither writes anything.
  expect((await facade.patch({ failedDeviceCount: 41 })).ok).toBe(true);
  const stale = await facade.patch({ failedDeviceCount: 42 }, { headers: { "If-Match": 'W/"1"' } });
  expect(stale.status).toBe(412);
  const after = await read(facade.metricsUrl);
  const added = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  const count = (route: string, status: string): number =>
    added(`install_summary_response_seconds_count{route="${route}",status="${status}"}`);
  expect(count("summary", "2xx")).toBe(4);
  expect(count("summary", "4xx")).toBe(4);
  expect(added('install_summary_response_seconds_bucket{le="30",route="summary",status="2xx"}')).toBe(4);
  expect(added('install_summary_refused_tokens_total{reason="missing"}')).toBe(1);
  expect(added('install_summary_refused_tokens_total{reason="malformed"}')).toBe(1);
  expect(added("install_summary_commit_writes_count")).toBe(1);
  expect(added("install_summary_commit_writes_sum")).toBe(1);
  expect(added("install_summary_commit_seconds_count")).toBe(1);
  expect(after.get("install_summary_open_connections")).toBeGreaterThan(0);
  expect(after.get("install_summary_open_exchanges")).toBe(0);
  expect(after.get("install_summary_store_bytes")).toBeGreaterThan(0);
  expect(after.get("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThanOrEqual(0);
});

test("the requests of a batch are counted by their own routes too", async () => {
  const facade = await openFacade({ settings: { metrics: "127.0.0.1:0" } });
  const body = { requests: [{ id: "1", method: "GET", url: summary.replace("/beta", "") }] };
  const response = await facade.call("POST", "/beta/$batch", {
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  expect(response.status).toBe(200);
  const values = await read(facade.metricsUrl);
  expect(values.get('install_summary_response_seconds_count{route="batch",status="2xx"}')).toBe(1);
  expect(values.get('install_summary_response_seconds_count{route="summary",status="2xx"}')).toBe(1);
});

test("metrics are at /metrics of their own address alone, and end with the facade", async () => {
  const facade = await openFacade({ settings: { metrics: "127.0.0.1:0" } });
  const url = facade.metricsUrl ?? "";
  expect((await facade.get("/metrics")).status).toBe(404);
  expect((await fetch(new URL("/", url))).status).toBe(404);
  expect((await fetch(url, { method: "POST" })).status).toBe(405);
  const request = sendRequest(url, { headers: { host: "evil.example" } }).end();
  const [response] = await once(request, "response");
  expect([response.statusCode, await text(response)]).toEqual([
    400,
    expect.stringContaining("'evil.example' is not served"),
  ]);
  await facade.close();
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("without the setting there are none, and a port that is taken is told with its option", async () => {
  expect((await openFacade()).metricsUrl).toBeUndefined();
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await expect(createFacade({ settings: { metrics: `127.0.0.1:${port}` } })).rejects.toThrow(
    `Port ${port} of 127.0.0.1 is in use. Stop the program that uses it, or choose another with --metrics.`,
  );
});

test("the log names the caller's trace and span, and ignores a malformed traceparent", async () => {
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  for (const form of ["json", "text"] as const) {
    let lines = "";
    const log = createLog({ log: form }, { write: (line) => (lines += line) });
    const facade = await openFacade({ log });
    await facade.get(summary, { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } });
    await facade.get(summary, { token: null, headers: { traceparent: `00-${traceId}-00f067aa0ba902b8-00` } });
    await facade.get(summary, { headers: { traceparent: `00-${"0".repeat(32)}-00f067aa0ba902b9-01` } });
    await facade.close();
    const found = [...lines.matchAll(/traceId["=:]+(\w+).+?parentId["=:]+(\w+)/g)];
    expect(found.map(([, trace, parent]) => [trace, parent])).toEqual([
      [traceId, "00f067aa0ba902b7"],
      [traceId, "00f067aa0ba902b8"],
    ]);
  }
});

test("the address of metrics takes few connections, and makes one response at a time on each", async () => {
  const facade = await openFacade({ settings: { metrics: "127.0.0.1:0" } });
  const url = facade.metricsUrl ?? "";
  const sockets = await Promise.all(Array.from({ length: 60 }, () => connectTo(url)));
  const isClosed = sockets.map(() => false);
  for (const [index, socket] of sockets.entries()) {
    socket.on("error", () => undefined).once("close", () => (isClosed[index] = true));
    socket.resume();
  }
  await expect.poll(() => isClosed.filter(Boolean).length).toBe(10);
  expect((await facade.get("/livez")).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => isClosed.every(Boolean)).toBe(true);

  const { socket, ended } = await openConnection(url);
  const get = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n";
  socket.write(`${`${get}\r\n`.repeat(19)}${get}Connection: close\r\n\r\n`);
  expect((await ended).match(/HTTP\/1\.1 200 OK/g)).toHaveLength(20);
});
