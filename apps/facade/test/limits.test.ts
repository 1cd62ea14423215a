import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { appId } from "./samples.ts";
import { apps, read, summary, type TestFacade, useFacade } from "./facades.ts";
import { connectTo, openConnection, send } from "./sockets.ts";
import { temporaryFolder } from "./stores.ts";

/** How often each status came. */
function count(statuses: readonly number[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

async function metricOf({ metricsUrl }: TestFacade, reason: string): Promise<number> {
  const text = await (await fetch(metricsUrl ?? "")).text();
  const name = `install_summary_refused_requests_total{reason="${reason}"}`;
  return Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length) ?? 0,
  );
}

test.each([3, 4, 300])(
  "of %i requests of a caller at once, a maximum of 3 in a minute is served",
  async (sent) => {
    const facade = await useFacade({
      settings: { metrics: "127.0.0.1:0", limits: { requestsPerMinute: 3 } },
    });
    const responses = await Promise.all(Array.from({ length: sent }, () => facade.get(summary)));
    expect(count(responses.map(({ status }) => status))).toEqual({
      200: 3,
      ...(sent > 3 && { 429: sent - 3 }),
    });
    expect(await metricOf(facade, "requestsPerMinute")).toBe(sent - 3);
    const refused = responses.find(({ status }) => status === 429);
    if (refused === undefined) return;
    expect(refused.headers.get("retry-after")).toMatch(/^(?:1?[1-9]|[12]0)$/);
    expect((await read(refused)).error).toMatchObject({
      code: "TooManyRequests",
      message: "Please retry again later.",
      innerError: { code: "throttledRequest" },
    });
  },
);

test("the maximum of a minute counts requests with a token, below /beta and /api, and no others", async () => {
  const facade = await useFacade({ settings: { limits: { requestsPerMinute: 3 } } });
  const statusOf = async (path: string, token?: string | null): Promise<number> =>
    (await facade.get(path, token === undefined ? {} : { token })).status;
  for (let round = 0; round < 5; round += 1) {
    expect([await statusOf("/livez"), await statusOf("/beta/"), await statusOf(apps, null)]).toEqual([
      200, 200, 401,
    ]);
    expect((await facade.call("OPTIONS", summary)).status).toBe(204);
  }
  expect([await statusOf(apps), await statusOf(`${apps}/nope`), await statusOf("/api/changes")]).toEqual([
    200, 400, 200,
  ]);
  expect([await statusOf(apps), await statusOf("/api/changes"), await statusOf(`${apps}/nope`)]).toEqual([
    429, 429, 429,
  ]);
  expect(await statusOf(apps, await facade.issueToken({ user: "somebody else" }))).toBe(200);
});

test("each request of a batch counts, and those above the maximum get the 429 in the batch", async () => {
  const facade = await useFacade({ settings: { limits: { requestsPerMinute: 4 } } });
  const requests = Array.from({ length: 5 }, (_, id) => ({
    id: `${id}`,
    method: "GET",
    url: summary.replace("/beta", ""),
  }));
  const response = await facade.call("POST", "/beta/$batch", {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ requests }),
  });
  expect(response.status).toBe(200);
  const { responses } = await read(response);
  const statuses = responses.map(({ status }: { status: number }) => status);
  // The batch itself is one of the four.
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  expect(responses[3].headers["Retry-After"]).toMatch(/^(?:[1-9]|1[0-5])$/);
});

// Half of the places are for one caller.
test.each([3, 4, 300])("of %i changes while the store is busy, a maximum of 3 waits", async (sent) => {
  const data = temporaryFolder();
  const facade = await useFacade({
    settings: { data, metrics: "127.0.0.1:0", limits: { writes: 6 } },
  });
  const database = new DatabaseSync(join(data, "install-summary.db"));
  onTestFinished(() => database.close());
  database.exec("BEGIN IMMEDIATE");
  let refused = 0;
  const { promise: allRefused, resolve } = Promise.withResolvers<void>();
  const responses = Array.from({ length: sent }, async (_, index) => {
    const response = await facade.patch({ failedDeviceCount: index });
    if (response.status === 503) refused += 1;
    if (refused === sent - 3) resolve();
    return response;
  });
  if (sent > 3) await allRefused;
  database.exec("ROLLBACK");
  const ended = await Promise.all(responses);
  expect(count(ended.map(({ status }) => status))).toEqual({ 200: 3, ...(sent > 3 && { 503: sent - 3 }) });
  for (const { status, headers } of ended)
    expect(headers.get("retry-after")).toBe(status === 503 ? "1" : null);
  expect(await metricOf(facade, "writes")).toBe(sent - 3);
});

test("requests that are refused before they are read are counted by their limit, or by the code of their error", async () => {
  const facade = await useFacade({
    settings: {
      metrics: "127.0.0.1:0",
      limits: { requestSeconds: 0.3, headerSeconds: 0.3, connections: 50 },
    },
  });
  const { url } = facade;
  await send(url, "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await send(url, `GET /${"x".repeat(9000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await send(url, `GET / HTTP/1.1\r\nHost: localhost\r\n${"X-A: a\r\n".repeat(120)}\r\n`);
  await send(url, "GET / HTTP/1.1\r\nHost: local");
  expect((await facade.patch("x".repeat(70_000))).status).toBe(413);
  const reasons = ["BadRequest", "urlBytes", "headerBytes", "requestSeconds", "bodyBytes"];
  for (const reason of reasons) expect([reason, await metricOf(facade, reason)]).toEqual([reason, 1]);
  const sockets = await Promise.all(Array.from({ length: 49 }, () => connectTo(url)));
  expect(sockets).toHaveLength(49);
  const before = await metricOf(facade, "connections");
  const dropped = await connectTo(url);
  const more = await connectTo(url);
  await Promise.all([dropped, more].map((socket) => new Promise((resolve) => socket.once("close", resolve))));
  expect((await metricOf(facade, "connections")) - before).toBeGreaterThan(0);
});

test("a body that is too large is counted by its limit, however it comes", async () => {
  const limits = { bodyBytes: 1000, batchBytes: 2000, importBytes: 3000, importRows: 3 };
  const facade = await useFacade({ settings: { metrics: "127.0.0.1:0", limits } });
  const json = { "Content-Type": "application/json" };
  const csv = { "Content-Type": "text/csv" };
  const batchOf = (body: unknown): string =>
    JSON.stringify({
      requests: [{ id: "1", method: "PATCH", url: summary.replace("/beta", ""), headers: json, body }],
    });
  const rows = `ApplicationId,DisplayName,FailedDeviceCount\n${`${appId},x,1\n`.repeat(4)}`;
  const gzip = { "Content-Encoding": "gzip" };
  const inflated = Uint8Array.from(gzipSync("x".repeat(5000)));
  const sent = [
    ["PATCH", summary, json, "x".repeat(1001)],
    ["PATCH", summary, { ...json, ...gzip }, inflated],
    ["POST", "/beta/$batch", json, batchOf({ x: "y".repeat(2000) })],
    ["POST", "/beta/$batch", json, batchOf({ x: "y".repeat(1000) })],
    ["POST", "/api/imports", csv, "x".repeat(3001)],
    ["POST", "/api/imports", { ...csv, ...gzip }, inflated],
    ["POST", "/api/imports", csv, rows],
  ] as const;
  const statuses: number[] = [];
  for (const [method, path, headers, body] of sent) {
    statuses.push((await facade.call(method, path, { headers, body })).status);
  }
  expect(statuses).toEqual([413, 413, 413, 200, 413, 413, 413]);
  const counted = await Promise.all(
    ["bodyBytes", "batchBytes", "importBytes", "importRows"].map((limit) => metricOf(facade, limit)),
  );
  expect(counted).toEqual([3, 1, 2, 1]);
});

test.each([
  { limit: "requestSeconds", head: `PATCH ${summary}`, type: "application/json" },
  { limit: "importSeconds", head: "POST /api/imports", type: "text/csv" },
])("a body that has not arrived within $limit is a 408 that is counted by its limit", async (sent) => {
  const { limit, head, type } = sent;
  const facade = await useFacade({ settings: { metrics: "127.0.0.1:0", limits: { [limit]: 0.3 } } });
  const { socket, ended } = await openConnection(facade.url);
  const token = await facade.issueToken();
  socket.write(
    `${head} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: ${type}\r\nContent-Length: 10\r\n\r\n{`,
  );
  expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
  expect(await metricOf(facade, limit)).toBe(1);
});
