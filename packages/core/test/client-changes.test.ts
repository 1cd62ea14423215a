import type { ServerResponse } from "node:http";
import { expect, test, vi } from "vitest";
import type { ChangesOptions } from "../src/client/call-options.ts";
import type { InstallSummaryClient, ListedChange } from "../src/client/types.ts";
import { failure, openClient } from "./open-client.ts";
import { appId } from "./samples.ts";
import { sendJson, type SeenRequest } from "./serve.ts";

function change(at: number): ListedChange {
  return {
    cursor: `c${at}`,
    appId,
    displayName: null,
    version: at,
    changedAt: "2026-11-26T08:00:00.000Z",
    actor: "ada",
    origin: "api",
    requestId: "r",
    before: { failedDeviceCount: at - 1 },
    after: { failedDeviceCount: at },
  };
}

test("reads page after page to the end, each with its filters", async () => {
  const { client, server } = await openClient(({ url }, response) => {
    const after = new URL(url, "http://x").searchParams.get("after");
    if (after === null) return sendJson(response, 200, { value: [change(1), change(2)], next: "c2" });
    return sendJson(response, 200, { value: after === "c2" ? [change(3)] : [], next: "c3" });
  });
  const since = new Date("2026-11-26T07:00:00Z");
  const options = { appId: appId.toUpperCase(), actor: "me", origin: "api", since, top: 2 } as const;
  expect(await collect(client.changes(options))).toEqual([change(1), change(2), change(3)]);
  const query = `appId=${appId}&actor=me&origin=api&since=2026-11-26T07%3A00%3A00.000Z&top=2&order=asc`;
  expect(server.requests.map(({ url }) => url)).toEqual([
    `/api/changes?${query}`,
    `/api/changes?${query}&after=c2`,
    `/api/changes?${query}&after=c3`,
  ]);
});

test.each([false, true])("ends at once when its signal is aborted, with follow %s", async (follow) => {
  const { client } = await openClient((_request, response) =>
    sendJson(response, 200, { value: [change(1), change(2), change(3)], next: "c3" }),
  );
  const controller = new AbortController();
  const seen: string[] = [];
  const reading = (async () => {
    const options = { follow, after: "c0", every: 1, signal: controller.signal };
    for await (const { cursor } of client.changes(options)) {
      seen.push(cursor);
      controller.abort(new Error("enough"));
    }
  })();
  expect(await failure(reading)).toMatchObject({ message: "enough" });
  expect(seen).toEqual(["c1"]);
});

test("in descending order the page without next is the last", async () => {
  const { client } = await openClient((_request, response, before) =>
    sendJson(response, 200, before === 0 ? { value: [change(2)], next: "c2" } : { value: [change(1)] }),
  );
  const changes = await collect(client.changes({ order: "desc" }));
  expect(changes).toEqual([change(2), change(1)]);
});

test("following begins after the latest change, and asks again and again where the server has no stream", async () => {
  const seen: string[] = [];
  const told: string[] = [];
  const { client } = await openClient(
    ({ url, headers }, response) => {
      if (headers.accept === "text/event-stream") return sendJson(response, 406, notAcceptable);
      seen.push(url);
      const before = seen.length - 1;
      if (before === 0) return sendJson(response, 200, { value: [change(4)], next: "c4" });
      if (before === 1) return sendJson(response, 200, { value: [], next: "c4" });
      if (before === 2) return sendJson(response, 200, { value: [change(5)], next: "c5" });
      if (before === 3) return void response.destroy();
      if (before === 4) return sendJson(response, 500, { error: { code: "x", message: "y" } });
      return sendJson(response, 200, { value: [change(6)], next: "c6" });
    },
    { retry: 0 },
  );
  const found: number[] = [];
  const onInterrupted = (): unknown => told.push("interrupted");
  const onResumed = (): unknown => told.push("resumed");
  for await (const { version } of client.changes({ follow: true, every: 1, onInterrupted, onResumed })) {
    found.push(version);
    if (version === 6) break;
  }
  expect(found).toEqual([5, 6]);
  expect(told).toEqual(["interrupted", "interrupted", "resumed"]);
  expect(seen).toEqual([
    "/api/changes?order=desc&top=1",
    "/api/changes?order=asc&after=c4",
    "/api/changes?order=asc&after=c4",
    "/api/changes?order=asc&after=c5",
    "/api/changes?order=asc&after=c5",
    "/api/changes?order=asc&after=c5",
  ]);
});

test("options of following that are inherited count as own ones do", async () => {
  const stop = new AbortController();
  let asked = 0;
  const { client } = await openClient(
    (_request, response) => {
      asked += 1;
      response.destroy();
    },
    { retry: 0 },
  );
  const onInterrupted = (): void => stop.abort(new Error("enough"));
  const options: ChangesOptions = Object.create({
    follow: true,
    after: "c4",
    every: 1,
    signal: stop.signal,
    onInterrupted,
  });
  await expect(collect(client.changes(options))).rejects.toThrow("enough");
  expect(asked).toBe(1);
});

test("following up to a moment asks for pages alone, since a stream would go beyond it", async () => {
  const accepted: (string | undefined)[] = [];
  const { client } = await openClient(({ headers }, response) => {
    accepted.push(headers.accept);
    if (accepted.length < 3) return sendJson(response, 200, { value: [], next: "c4" });
    return sendJson(response, 200, { value: [change(5)], next: "c5" });
  });
  const until = "2026-11-26T09:00:00Z";
  const changes = iteratorOf(client.changes({ follow: true, after: "c4", until, every: 1 }));
  expect(await changes.next()).toEqual({ done: false, value: change(5) });
  await changes.return?.();
  expect(accepted.filter((accept) => accept === "text/event-stream")).toEqual([]);
  expect(accepted).toHaveLength(3);
});

test.each([
  ["that stays where it is", ["c1"], ["c1"]],
  ["that leads back to where reading began", ["c1", "c2", "c0"], ["c1", "c2"]],
  ["that leads round", ["c1", "c2", "c1"], ["c1", "c2"]],
])("a cursor %s is refused, and no change comes twice", async (_what, nexts, told) => {
  for (const follow of [false, true]) {
    const { client, server } = await openClient(({ headers }, response, before) => {
      if (headers.accept === "text/event-stream") return sendJson(response, 406, notAcceptable);
      const next = nexts[Math.min(before, nexts.length - 1)];
      return sendJson(response, 200, { value: [change(before + 1)], next });
    });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { cursor } of client.changes({ after: "c0", follow })) seen.push(cursor);
    })();
    expect(await failure(reading)).toMatchObject({
      code: "InvalidResponse",
      message: expect.stringMatching(
        /^The response to GET \S+ cannot be used: its next leads back to a page that was already read\.$/,
      ),
    });
    expect(seen).toEqual(told);
    expect(server.requests).toHaveLength(told.length + 1);
  }
});

test("in descending order, too, a cursor that leads back is refused", async () => {
  const { client } = await openClient((_request, response) =>
    sendJson(response, 200, { value: [change(2)], next: "c2" }),
  );
  expect(await failure(collect(client.changes({ order: "desc" })))).toMatchObject({
    code: "InvalidResponse",
  });
});

const notAcceptable = { error: { code: "NotAcceptable", message: "Only JSON." } };

/** Answers pages from a log that a test adds to, and streams with what the test writes. */
async function openStreams(): Promise<{
  readonly client: InstallSummaryClient;
  readonly log: ListedChange[];
  readonly streams: ServerResponse[];
  readonly requests: readonly SeenRequest[];
}> {
  const log: ListedChange[] = [change(4)];
  const streams: ServerResponse[] = [];
  const { client, server } = await openClient(({ url, headers }, response) => {
    if (headers.accept === "text/event-stream") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": changes\n\n");
      streams.push(response);
      return;
    }
    const query = new URL(url, "http://x").searchParams;
    if (query.get("order") === "desc") return sendJson(response, 200, { value: log.slice(-1), next: "x" });
    const value = log.slice(log.findIndex(({ cursor }) => cursor === query.get("after")) + 1);
    sendJson(response, 200, { value, next: value.at(-1)?.cursor ?? query.get("after") });
  });
  return { client, log, streams, requests: server.requests };
}

const event = (one: ListedChange): string =>
  `event: change\nid: ${one.cursor}\ndata: ${JSON.stringify(one)}\n\n`;

test("following takes changes from a stream, in pieces and with comments between them", async () => {
  const { client, streams, requests } = await openStreams();
  const changes = iteratorOf(client.changes({ appId, actor: "me", follow: true, every: 1 }));
  const next = changes.next();
  await expect.poll(() => streams.length).toBe(1);
  expect(requests.at(-1)?.url).toBe(`/api/changes?appId=${appId}&actor=me&after=c4`);
  const text = event(change(5));
  streams[0]?.write(`: \n\n${text.slice(0, 40)}`);
  streams[0]?.write(`${text.slice(40)}${event(change(6)).replaceAll("\n", "\r\n")}`);
  expect(await next).toEqual({ done: false, value: change(5) });
  expect(await changes.next()).toEqual({ done: false, value: change(6) });
  const closed = new Promise((resolve) => streams[0]?.once("close", resolve));
  await changes.return?.();
  await closed;
});

test("a stream that ends or breaks loses nothing: a page tells what was missed, and the next stream goes on", async () => {
  const { client, log, streams, requests } = await openStreams();
  const changes = iteratorOf(client.changes({ follow: true, every: 1 }));
  const first = changes.next();
  await expect.poll(() => streams.length).toBe(1);
  streams[0]?.write(event(change(5)));
  expect(await first).toEqual({ done: false, value: change(5) });
  log.push(change(5), change(6));
  streams[0]?.write(`event: change\nid: c6\ndata: {"curs`);
  streams[0]?.destroy();
  expect(await changes.next()).toEqual({ done: false, value: change(6) });
  const later = changes.next();
  await expect.poll(() => streams.length).toBe(2);
  expect(requests.at(-1)?.url).toBe("/api/changes?after=c6");
  streams[1]?.end(event(change(7)));
  expect(await later).toEqual({ done: false, value: change(7) });
  await changes.return?.();
});

test("following since a time begins there, and a gap of the stream is a cursor that is too old", async () => {
  const { client, log, streams, requests } = await openStreams();
  log.push(change(5));
  const changes = iteratorOf(client.changes({ since: "2026-11-26T08:00:00Z", follow: true, every: 1 }));
  expect((await changes.next()).value).toEqual(change(4));
  expect((await changes.next()).value).toEqual(change(5));
  expect(requests[0]?.url).toBe("/api/changes?since=2026-11-26T08%3A00%3A00Z&order=asc");
  const next = changes.next();
  await expect.poll(() => streams.length).toBe(1);
  streams[0]?.write("event: gap\nid: c9\ndata: {}\n\n");
  expect(await failure(next)).toMatchObject({ status: 410, code: "Gone" });
});

test("a token that is refused when a stream is opened is renewed once, as for any request", async () => {
  const tokens: (string | undefined)[] = [];
  const { client, server } = await openClient(
    ({ headers }, response) => {
      if (headers.accept !== "text/event-stream") return sendJson(response, 200, { value: [], next: "c4" });
      if (headers.authorization === "Bearer old")
        return sendJson(response, 401, { error: { code: "Unauthenticated", message: "expired" } });
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(event(change(5)));
    },
    {
      token: (refused) => {
        tokens.push(refused);
        return refused === undefined ? "old" : "new";
      },
    },
  );
  for await (const { version } of client.changes({ follow: true, every: 1 })) {
    expect(version).toBe(5);
    break;
  }
  expect(tokens).toContain("old");
  expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer new");
});

test("following ends with a cursor that is older than the log, and with its signal", async () => {
  const gone = { error: { code: "Gone", message: "The cursor is older than the change log." } };
  const { client } = await openClient(({ url }, response) =>
    url.includes("old") ? sendJson(response, 410, gone) : sendJson(response, 200, { value: [], next: "c1" }),
  );
  const old = collect(client.changes({ follow: true, after: "old" }));
  expect(await failure(old)).toMatchObject({ status: 410, code: "Gone" });
  const stop = new AbortController();
  const following = collect(client.changes({ follow: true, signal: stop.signal }));
  stop.abort(new Error("enough"));
  expect(await failure(following)).toMatchObject({ message: "enough" });
});

test("a change without its counters is a response that cannot be used", async () => {
  const { before: _before, ...rest } = change(1);
  const { client } = await openClient((_request, response) => sendJson(response, 200, { value: [rest] }));
  expect(await failure(collect(client.changes()))).toMatchObject({
    code: "InvalidResponse",
    message: expect.stringContaining("its value[0].before is missing; it must be an object."),
  });
});

function iteratorOf<Item>(items: AsyncIterable<Item>): AsyncIterator<Item> {
  return items[Symbol.asyncIterator]();
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test.each([
  ["asc", {}],
  ["desc", {}],
  ["asc", { follow: true, since: "2026-11-20T08:00:00Z" }],
] as const)(
  "in order %s with %j a log from which older changes were removed is told once",
  async (order, options) => {
    const { client } = await openClient(({ url }, response) => {
      const isFirst = !url.includes("after=");
      const isOldest = isFirst === (order === "asc");
      const value = isFirst ? [change(order === "asc" ? 3 : 4)] : [change(order === "asc" ? 4 : 3)];
      return sendJson(response, 200, {
        value,
        ...((isFirst || order === "asc") && { next: isFirst ? "c" : "d" }),
        ...(isOldest && { olderRemoved: true }),
      });
    });
    const onOlderRemoved = vi.fn<() => void>();
    const versions: number[] = [];
    for await (const { version } of client.changes({ order, ...options, onOlderRemoved })) {
      versions.push(version);
      if (versions.length === 2) break;
    }
    expect(versions).toEqual(order === "asc" ? [3, 4] : [4, 3]);
    expect(onOlderRemoved).toHaveBeenCalledOnce();
  },
);

test("where the server has no place for another stream, pages are read at once, without waiting for Retry-After", async () => {
  const seen: (string | undefined)[] = [];
  const { client } = await openClient(({ headers }, response) => {
    seen.push(headers.accept);
    if (headers.accept === "text/event-stream") {
      response.setHeader("Retry-After", "5");
      return sendJson(response, 503, { error: { code: "ServiceUnavailable", message: "Too many streams." } });
    }
    if (seen.length < 3) return sendJson(response, 200, { value: [], next: "c4" });
    return sendJson(response, 200, { value: [change(5)], next: "c5" });
  });
  const changes = iteratorOf(client.changes({ follow: true, after: "c4", every: 1 }));
  expect(await changes.next()).toEqual({ done: false, value: change(5) });
  expect(seen).toEqual(["application/json", "text/event-stream", "application/json"]);
  await changes.return?.();
});
