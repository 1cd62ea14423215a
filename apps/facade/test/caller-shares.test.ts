import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { apps, read, summary, type TestFacade, useFacade } from "./facades.ts";
import { connectTo, openConnection, type RawConnection } from "./sockets.ts";
import { temporaryFolder } from "./stores.ts";

// What one caller sends takes no place from the others.
const json = { "Content-Type": "application/json" };
const mebibyte = 1024 * 1024;

/** Sends the head of a batch and a part of its body. */
async function sendPart(
  { url }: TestFacade,
  token: string,
  length: number,
  part: string,
): Promise<RawConnection> {
  const connection = await openConnection(url);
  connection.socket.write(
    `POST /beta/$batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${part}`,
  );
  return connection;
}

/** The same, with the part once the body is asked for: the request has its place by then. */
async function hold(facade: TestFacade, token: string): Promise<RawConnection> {
  const connection = await openConnection(facade.url);
  connection.socket.write(
    `POST /beta/$batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nExpect: 100-continue\r\n` +
      "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n",
  );
  await connection.received(/100 Continue/);
  connection.socket.write("{");
  return connection;
}

/** A batch of this length. */
function longBatch(length: number): string {
  const text = JSON.stringify({ requests: [{ id: "1", method: "GET", url: "/" }] });
  return text + " ".repeat(length - text.length);
}

function zip(batch: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(gzipSync(batch));
}

async function errorOf(response: Response): Promise<string> {
  const { error } = await read(response);
  return `${response.status} ${response.headers.get("retry-after")} ${error.message}`;
}

const ownRequests = "503 1 Too many of your requests are in flight. Please retry again later.";

test("requests of one caller that have not arrived hold half of the places, and others are served", async () => {
  const facade = await useFacade({ settings: { metrics: "127.0.0.1:0", limits: { requests: 8 } } });
  const [token, other] = [
    await facade.issueToken({ user: "many" }),
    await facade.issueToken({ user: "one" }),
  ];
  const held = await Promise.all([1, 2, 3, 4].map(() => hold(facade, token)));
  expect((await facade.get(apps, { token })).status).toBe(503);
  expect(await errorOf(await facade.get("/api/changes", { token }))).toBe(ownRequests);
  const refused = await sendPart(facade, token, 100, "{");
  expect(await refused.ended).toMatch(/^HTTP\/1\.1 503 /);
  for (const path of [apps, "/api/changes"]) {
    expect((await facade.get(path, { token: other })).status).toBe(200);
  }
  const metrics = await (await fetch(facade.metricsUrl ?? "")).text();
  expect(metrics).toMatch(/install_summary_refused_requests_total\{reason="requests"\} [1-9]/);
  for (const { socket } of held) socket.destroy();
  await expect.poll(async () => (await facade.get(apps, { token })).status).toBe(200);
});

test("responses of one caller that do not end hold half of the places, and others are served", async () => {
  const facade = await useFacade({ settings: { limits: { requests: 4 } } });
  const [token, other] = [
    await facade.issueToken({ user: "many" }),
    await facade.issueToken({ user: "one" }),
  ];
  const open = (): Promise<Response> =>
    facade.get("/api/changes", { token, headers: { Accept: "text/event-stream" } });
  const streams = [await open(), await open()];
  expect(streams.map(({ status }) => status)).toEqual([200, 200]);
  expect(await errorOf(await facade.get(apps, { token }))).toBe(ownRequests);
  expect((await facade.get(apps, { token: other })).status).toBe(200);
  for (const { body } of streams) await body?.cancel();
  await expect.poll(async () => (await facade.get(apps, { token })).status).toBe(200);
});

test("responses without a caller that are not read hold half of the places, and callers are served", async () => {
  const facade = await useFacade({ settings: { limits: { requests: 4 } } });
  const docs = "/docs/swagger-ui-bundle.js";
  const sockets = await Promise.all(Array.from({ length: 8 }, () => connectTo(facade.url)));
  for (const socket of sockets) {
    socket.on("error", () => socket.destroy()).pause();
    // One of them fits into what the system holds.
    socket.write(`GET ${docs} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(20));
  }
  const statusOf = async (path: string): Promise<number> => {
    const response = await facade.get(path, { token: null });
    await response.arrayBuffer();
    return response.status;
  };
  await expect.poll(() => statusOf(docs)).toBe(503);
  for (const path of ["/", "/openapi.json", "/beta/", "/beta/$metadata"]) {
    expect(await errorOf(await facade.get(path, { token: null }))).toBe(
      "503 1 Too many requests without a token are in flight. Please retry again later.",
    );
  }
  expect((await facade.call("OPTIONS", summary, { token: null })).status).toBe(503);
  expect([await statusOf("/livez"), await statusOf("/readyz"), await statusOf(apps)]).toEqual([
    200, 200, 401,
  ]);
  for (const path of [apps, "/api/changes", apps]) expect((await facade.get(path)).status).toBe(200);
  expect((await facade.patch({ failedDeviceCount: 1 })).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => statusOf(docs)).toBe(200);
});

test("bodies of one caller that have not arrived hold 16 MiB, and the slow one of another caller is served", async () => {
  const facade = await useFacade({ settings: { metrics: "127.0.0.1:0" } });
  const [token, other] = [
    await facade.issueToken({ user: "many" }),
    await facade.issueToken({ user: "one" }),
  ];
  const whole = longBatch(mebibyte - 1000);
  const slow = await sendPart(facade, other, whole.length, whole.slice(0, 100));
  const stalled = await Promise.all(
    Array.from({ length: 40 }, () => sendPart(facade, token, mebibyte, "[".padEnd(mebibyte - 1000))),
  );
  const refusals = stalled.map(async ({ ended }) => {
    const text = await ended;
    if (!text.startsWith("HTTP/1.1 503 ")) throw new Error(`not refused: ${text}`);
    return text;
  });
  expect(await Promise.any(refusals)).toContain("The bodies of your requests in flight hold 16 MiB.");
  await expect.poll(() => stalled.filter(({ socket }) => !socket.destroyed).length).toBeLessThan(18);
  for (let at = 100; at < whole.length; at += 300_000) slow.socket.write(whole.slice(at, at + 300_000));
  expect(await slow.received(/^HTTP\/1\.1 \d+/)).toMatch(/^HTTP\/1\.1 200 /);
  const metrics = await (await fetch(facade.metricsUrl ?? "")).text();
  expect(metrics).toMatch(/install_summary_refused_requests_total\{reason="bodies"\} [1-9]/);
  for (const { socket } of stalled) socket.destroy();
  const headers = json;
  const again = (): Promise<Response> => facade.call("POST", "/beta/$batch", { headers, body: whole, token });
  await expect.poll(async () => (await again()).status).toBe(200);
});

test("a body of gzip holds what it inflates to: those of one caller 16 MiB, and another caller is served", async () => {
  const data = temporaryFolder();
  const facade = await useFacade({ settings: { data } });
  const other = await facade.issueToken({ user: "one" });
  const change = { method: "PATCH", url: summary.replace("/beta", ""), headers: json };
  const text = JSON.stringify({ requests: [{ id: "1", ...change, body: { failedDeviceCount: 1 } }] });
  const headers = { ...json, "Content-Encoding": "gzip" };
  const waiting = zip(text + " ".repeat(mebibyte - 5000 - text.length));
  expect(waiting.length).toBeLessThan(5000);
  const database = new DatabaseSync(join(data, "install-summary.db"));
  onTestFinished(() => database.close());
  database.exec("BEGIN IMMEDIATE");
  const send = (): Promise<Response> => facade.call("POST", "/beta/$batch", { headers, body: waiting });
  const batches = Array.from({ length: 24 }, send);
  // What ends while nothing is written was refused.
  const refused = "503 1 The bodies of your requests in flight hold 16 MiB. Please retry again later.";
  expect(await errorOf((await Promise.race(batches)).clone())).toBe(refused);
  const reading = zip(longBatch(mebibyte - 1000));
  const served = await facade.call("POST", "/beta/$batch", { headers, body: reading, token: other });
  expect(served.status).toBe(200);
  database.exec("ROLLBACK");
  const ends = await Promise.all(batches);
  const errors = await Promise.all(ends.filter(({ status }) => status !== 200).map(errorOf));
  // The one with which they hold more than 16 MiB is the last one.
  expect(errors.filter((error) => error === refused)).toHaveLength(24 - 17);
  await expect.poll(async () => (await send()).status).toBe(200);
});

test("one body may be as long as limits.batchBytes says, also where that is more than a caller's share", async () => {
  const limits = { batchBytes: 24 * mebibyte };
  const { call } = await useFacade({ settings: { limits } });
  const body = longBatch(limits.batchBytes);
  const response = await call("POST", "/beta/$batch", { headers: json, body });
  expect(response.status).toBe(200);
});

test("changes of one caller take half of the line, and another caller's change is made", async () => {
  const data = temporaryFolder();
  const facade = await useFacade({ settings: { data, limits: { writes: 40 } } });
  const [token, other] = [
    await facade.issueToken({ user: "many" }),
    await facade.issueToken({ user: "one" }),
  ];
  const url = summary.replace("/beta", "");
  const requests = Array.from({ length: 20 }, (_, at) => {
    return { id: `${at}`, method: "PATCH", url, headers: json, body: { failedDeviceCount: at } };
  });
  const database = new DatabaseSync(join(data, "install-summary.db"));
  onTestFinished(() => database.close());
  database.exec("BEGIN IMMEDIATE");
  const send = (): Promise<Response> =>
    facade.call("POST", "/beta/$batch", { headers: json, body: JSON.stringify({ requests }), token });
  // Requests for one app wait for each other, so each batch has one change in the line.
  const batches = Array.from({ length: 21 }, send);
  // What ends while nothing is written was refused.
  const { responses } = await read(await Promise.race(batches));
  expect(responses.map(({ status }: { status: number }) => status)).toEqual(requests.map(() => 503));
  expect(responses[0].body.error.message).toBe(
    "Too many of your changes are waiting. Please retry again later.",
  );
  const made = facade.patch({ failedDeviceCount: 7 }, { token: other });
  const refused = await facade.patch({ failedDeviceCount: 1 }, { token });
  expect(await errorOf(refused)).toBe(
    "503 1 Too many of your changes are waiting. Please retry again later.",
  );
  database.exec("ROLLBACK");
  expect((await made).status).toBe(200);
  await Promise.all(batches);
  expect((await facade.patch({ failedDeviceCount: 1 }, { token })).status).toBe(200);
});
