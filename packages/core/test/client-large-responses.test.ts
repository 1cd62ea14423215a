import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { InstallSummaryClient } from "../src/client/index.ts";
import { failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { sendJson, type Handler } from "./serve.ts";

const mib = 1024 ** 2;

/** Sends a body that has no end until the connection is closed. */
function sendEndless(status: number): Handler {
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/json", "request-id": "r1" });
    const more = (): void => {
      while (!response.destroyed && response.write(" ".repeat(65_536)));
    };
    response.on("drain", more);
    more();
  };
}

const reads: Readonly<Record<string, (client: InstallSummaryClient) => Promise<unknown>>> = {
  get: (client) => client.get(appId),
  getApp: (client) => client.getApp(appId),
  "a dry run": (client) => client.update(appId, { failedDeviceCount: 1 }, { dryRun: true }),
  list: (client) => collect(client.list()),
  changes: (client) => collect(client.changes()),
};
const pages = new Set(["list", "changes"]);

describe("a response that has no end is read up to a size", () => {
  test.each(Object.keys(reads))("%s", async (name) => {
    const { client, server } = await openClient(sendEndless(200));
    const error = await failure(reads[name]?.(client) ?? Promise.resolve());
    const size = pages.has(name) ? 64 : 1;
    const help = `it is larger than ${size} MiB. Ask for less, or check the base URL.`;
    expect(error).toMatchObject({
      name: "ClientError",
      code: "InvalidResponse",
      requestId: "r1",
      message: expect.stringContaining(` cannot be used: ${help}`),
    });
    // Only after a failure of the network would a read be repeated.
    expect(server.requests).toHaveLength(1);
  });

  test("the beginning of an error is enough for its status", async () => {
    const { client } = await openClient(sendEndless(403));
    expect(await failure(client.get(appId))).toMatchObject({ name: "GraphError", status: 403 });
  });

  test("a change is then read, since it may be applied", async () => {
    const { client } = await openClient((request, response, before) => {
      if (request.method === "PATCH") sendEndless(200)(request, response, before);
      else sendJson(response, 200, sampleSummary({ failedDeviceCount: 1 }));
    });
    const changed = await client.update(appId, { failedDeviceCount: 1 });
    expect(changed).toMatchObject({ foundAfter: [{ code: "InvalidResponse" }] });
  });
});

test("what a few bytes on the wire decompress to counts", async () => {
  const bomb = gzipSync(Buffer.alloc(80 * mib, " "));
  const { client } = await openClient((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(bomb);
  });
  for (const read of [reads["get"], reads["list"]]) {
    expect(await failure(read?.(client) ?? Promise.resolve())).toMatchObject({ code: "InvalidResponse" });
  }
});

test.each([
  ["1 MiB is read", mib, undefined],
  ["a byte more is refused", mib + 1, "InvalidResponse"],
])("a summary of %s", async (_, size, code) => {
  const { client } = await openClient((_request, response) => {
    response.end(JSON.stringify(sampleSummary()).padEnd(size));
  });
  const ended = await client.get(appId).catch((error: unknown) => error);
  expect(ended).toMatchObject(code === undefined ? { summary: sampleSummary() } : { code });
});

test("a page may be larger than a summary, and characters of several bytes stay whole", async () => {
  const displayName = "給".repeat(mib);
  const { client } = await openClient((_request, response) => {
    const app = { id: appId, displayName, installSummary: sampleSummary() };
    sendJson(response, 200, { value: [app] });
  });
  expect(await collect(client.list())).toMatchObject([{ id: appId, displayName }]);
});

test("an error of usual size keeps its code", async () => {
  const { client } = await openClient((_request, response) => {
    sendJson(response, 404, graphBody("ResourceNotFound"));
  });
  expect(await failure(client.get(appId))).toMatchObject({ status: 404, code: "ResourceNotFound" });
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
