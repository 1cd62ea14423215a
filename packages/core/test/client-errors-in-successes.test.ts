import { expect, test } from "vitest";
import type { InstallSummaryClient } from "../src/client/index.ts";
import { failure, openClient } from "./open-client.ts";
import { appId, sampleApp, sampleSummary } from "./samples.ts";
import { sendJson } from "./serve.ts";

// A server, or a gateway, that has begun a success may say by its body only that it failed since.

const error = { code: "Busy", message: "The page is cut." };
const app = { ...sampleApp(), installSummary: sampleSummary() };
const change = {
  cursor: "c1",
  appId,
  displayName: null,
  version: 1,
  changedAt: "2026-11-26T08:00:00.000Z",
  actor: "ada",
  origin: "api",
  requestId: "r",
  before: {},
  after: {},
};

async function all(values: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of values) count += 1;
  return count;
}

const calls: Readonly<Record<string, (client: InstallSummaryClient) => Promise<unknown>>> = {
  get: (client) => client.get(appId),
  getApp: (client) => client.getApp(appId),
  list: (client) => all(client.list()),
  pages: (client) => all(client.pages()),
  changes: (client) => all(client.changes()),
  sendOnce: (client) => client.sendOnce(appId, { failedDeviceCount: 1 }),
  dryRun: (client) => client.update(appId, { failedDeviceCount: 1 }, { dryRun: true }),
};

test.each<[keyof typeof calls, object]>([
  ["get", sampleSummary()],
  ["get", { value: sampleSummary() }],
  ["getApp", app],
  ["list", { value: [app] }],
  ["list", { value: [] }],
  ["pages", { value: [app] }],
  ["changes", { value: [change] }],
  ["changes", { value: [] }],
  ["sendOnce", sampleSummary()],
  ["dryRun", { ...sampleSummary(), "@installSummary.warnings": [] }],
])("a success of %s that has an error too is none: %.60j", async (name, body) => {
  let sent: object = body;
  const { client } = await openClient((_request, response) => sendJson(response, 200, sent));
  const call = (): unknown => calls[name]?.(client);
  for (const withError of [
    { ...body, error },
    { error, ...body },
  ]) {
    sent = withError;
    expect(await failure(Promise.resolve(call()))).toMatchObject({
      code: "InvalidResponse",
      message: expect.stringContaining("it is an error with the status 200, Busy: The page is cut."),
    });
  }
  sent = { ...body, error: null };
  await call();
});

test.each([0, 1])("an error in place %i of a page is no end of a list", async (place) => {
  const rows = [0, 1].map((at) => (at === place ? { ...app, error } : app));
  const { client } = await openClient((_request, response) => sendJson(response, 200, { value: rows }));
  expect(await failure(all(client.list()))).toMatchObject({ code: "InvalidResponse" });
});

test("an error on the second page is no end of a list", async () => {
  const { client } = await openClient(({ url }, response) => {
    const next = `http://${response.req.headers.host}/beta/deviceAppManagement/mobileApps?$skiptoken=a`;
    if (url.includes("skiptoken")) sendJson(response, 200, { value: [], error });
    else sendJson(response, 200, { value: [app], "@odata.nextLink": next });
  });
  expect(await failure(all(client.list()))).toMatchObject({ code: "InvalidResponse" });
});

test("a change whose success has an error is one that no response confirmed", async () => {
  const { client } = await openClient(({ method }, response) => {
    const summary = sampleSummary({ failedDeviceCount: 6 });
    if (method === "PATCH") sendJson(response, 200, { ...summary, error }, { etag: 'W/"2"' });
    else sendJson(response, 200, summary, { etag: 'W/"2"' });
  });
  expect(await client.update(appId, { failedDeviceCount: 6 })).toMatchObject({
    foundBy: "values",
    foundAfter: [{ code: "InvalidResponse" }],
  });
});
