import { expect, test } from "vitest";
import type { ListedChange } from "../src/client/types.ts";
import { failure, openClient } from "./open-client.ts";
import { appId } from "./samples.ts";
import { sendJson } from "./serve.ts";

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

test("in descending order the page without next is the last", async () => {
  const { client } = await openClient((_request, response, before) =>
    sendJson(response, 200, before === 0 ? { value: [change(2)], next: "c2" } : { value: [change(1)] }),
  );
  const changes = await collect(client.changes({ order: "desc" }));
  expect(changes).toEqual([change(2), change(1)]);
});

test("following begins after the latest change, and goes on through failures with the last cursor", async () => {
  const seen: string[] = [];
  const { client } = await openClient(
    ({ url }, response, before) => {
      seen.push(url);
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
  for await (const { version } of client.changes({ follow: true, every: 1 })) {
    found.push(version);
    if (version === 6) break;
  }
  expect(found).toEqual([5, 6]);
  expect(seen).toEqual([
    "/api/changes?order=desc&top=1",
    "/api/changes?order=asc&after=c4",
    "/api/changes?order=asc&after=c4",
    "/api/changes?order=asc&after=c5",
    "/api/changes?order=asc&after=c5",
    "/api/changes?order=asc&after=c5",
  ]);
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
    message: expect.stringContaining("value.0.before"),
  });
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
