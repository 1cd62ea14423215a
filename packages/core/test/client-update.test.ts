import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { sendJson, type Handler } from "./serve.ts";

const summaryPath = `/beta/deviceAppManagement/mobileApps/${appId}/installSummary`;

describe("update", () => {
  test("sends the patch alone and gives the summary as it is then", async () => {
    const { client, server } = await openClient((_request, response) => {
      sendJson(response, 200, sampleSummary({ failedDeviceCount: 0 }), { etag: 'W/"4"' });
    });
    expect(
      await client.update(appId, { failedDeviceCount: 0 }, { ifMatch: 'W/"3"', origin: "editor" }),
    ).toEqual({
      summary: sampleSummary({ failedDeviceCount: 0 }),
      etag: 'W/"4"',
    });
    expect(server.requests).toMatchObject([
      {
        method: "PATCH",
        url: summaryPath,
        body: '{"failedDeviceCount":0}',
        headers: {
          "if-match": 'W/"3"',
          "content-type": "application/json",
          "install-summary-origin": "editor",
        },
      },
    ]);
  });

  test.each([undefined, 'W/"1"'])(
    "is not reported as done where a 200 shows the old values, with the guard %s",
    async (ifMatch) => {
      const { client, server } = await openClient((_request, response) =>
        sendJson(response, 200, sampleSummary(), { etag: 'W/"1"' }),
      );
      const options = ifMatch === undefined ? {} : { ifMatch };
      const error = await failure(client.update(appId, { failedDeviceCount: 77 }, options));
      expect(error).toMatchObject({ name: "UnconfirmedChangeError", outcome: "notApplied" });
      expect(String(error)).toContain("its failedDeviceCount is 1, although 77 was sent");
      const tries = server.requests.filter(({ method }) => method === "PATCH");
      expect(tries).toHaveLength(ifMatch === undefined ? 1 : 2);
      expect(await failure(client.sendOnce(appId, { failedDeviceCount: 77 }, options))).toMatchObject({
        name: "ClientError",
        code: "InvalidResponse",
      });
    },
  );

  test("is found where a 200 shows the old values and reading shows the new ones", async () => {
    const { client } = await openClient(({ method }, response) =>
      sendJson(response, 200, sampleSummary(method === "PATCH" ? {} : { failedDeviceCount: 77 })),
    );
    const { summary, foundAfter } = await client.update(appId, { failedDeviceCount: 77 });
    expect(summary.failedDeviceCount).toBe(77);
    expect(foundAfter).toMatchObject([{ code: "InvalidResponse" }]);
  });

  test("is unguarded without ifMatch", async () => {
    const { client, server } = await openClient((_request, response) =>
      sendJson(response, 200, sampleSummary()),
    );
    await client.update(appId, { failedDeviceCount: 1 });
    expect(server.requests[0]?.headers).not.toHaveProperty("if-match");
    expect(server.requests[0]?.headers).not.toHaveProperty("install-summary-origin");
  });

  test("is refused where a guard was asked for and the host has no ETags", async () => {
    const { client, server } = await openClient((_request, response) =>
      sendJson(response, 200, sampleSummary()),
    );
    const { etag } = await client.get(appId);
    const error = await failure(client.update(appId, { failedDeviceCount: 1 }, { ifMatch: etag }));
    expect(error).toMatchObject({ name: "ClientError", code: "PreconditionRequired" });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ["a value out of range", { failedDeviceCount: -1 }, undefined],
    ["a malformed ETag", { failedDeviceCount: 1 }, '"a\nb'],
  ])("sends nothing with %s", async (_what, patch, ifMatch) => {
    const { client, server } = await openClient((_request, response) =>
      sendJson(response, 200, sampleSummary()),
    );
    const options = ifMatch === undefined ? {} : { ifMatch };
    expect(await failure(client.update(appId, patch, options))).toMatchObject({ status: 400 });
    expect(server.requests).toEqual([]);
  });

  test("reads the summary where the host responds without one", async () => {
    const { client, server } = await openClient((request, response) => {
      if (request.method === "PATCH") response.writeHead(204).end();
      else sendJson(response, 200, sampleSummary(), { etag: 'W/"4"' });
    });
    expect(await client.update(appId, { failedDeviceCount: 1 })).toEqual({
      summary: sampleSummary(),
      etag: 'W/"4"',
    });
    expect(server.requests.map((request) => request.method)).toEqual(["PATCH", "GET"]);
  });

  test.each<[string, string, Handler]>([
    ["without a response", "NetworkError", (_request, response) => response.destroy()],
    ["with a response that breaks off", "NetworkError", breakOff],
    ["without a response in time", "TimeoutError", () => undefined],
    [
      "with a 504",
      "GraphError",
      (_request, response) => sendJson(response, 504, graphBody("GatewayTimeout")),
    ],
  ])("%s is sent once by sendOnce", async (_how, name, handler) => {
    const timeout = name === "TimeoutError" ? 100 : 30_000;
    const { client, server } = await openClient(handler, { timeout });
    const sending = client.sendOnce(appId, { failedDeviceCount: 1 });
    expect(await failure(sending)).toMatchObject({ name });
    expect(server.requests).toHaveLength(1);
  });

  test("is sent again after 429 and 503", async () => {
    const { client, server } = await openClient((_request, response, before) => {
      if (before < 2)
        sendJson(response, before === 0 ? 429 : 503, graphBody("TooManyRequests"), { "retry-after": "0" });
      else sendJson(response, 200, sampleSummary());
    });
    await client.update(appId, { failedDeviceCount: 1 });
    expect(server.requests.map((request) => request.body)).toEqual(Array(3).fill('{"failedDeviceCount":1}'));
  });
});

function breakOff(_request: unknown, response: ServerResponse): void {
  response.writeHead(200, { "content-length": "1000" });
  response.write("{", () => response.destroy());
}
