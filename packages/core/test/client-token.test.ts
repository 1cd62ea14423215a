import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { sendJson, type Handler, type TestServer } from "./serve.ts";

describe("the token", () => {
  test("is asked for before every request", async () => {
    let asked = 0;
    const { client, server } = await openClient(
      (_request, response) => sendJson(response, 200, sampleSummary()),
      {
        token: async () => `token-${(asked += 1)}`,
      },
    );
    await client.get(appId);
    await client.get(appId);
    expect(authorizations(server)).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  test("is asked for once more when it is refused, with the refused one", async () => {
    const refusals: unknown[] = [];
    const { client, server } = await openClient(
      (request, response) => {
        if (request.headers.authorization === "Bearer old")
          sendJson(response, 401, graphBody("InvalidAuthenticationToken"));
        else sendJson(response, 200, sampleSummary());
      },
      {
        retry: 0,
        token: (refused) => {
          refusals.push(refused);
          return refused === undefined ? "old" : "new";
        },
      },
    );
    await client.update(appId, { failedDeviceCount: 1 });
    expect(authorizations(server)).toEqual(["Bearer old", "Bearer new"]);
    expect(server.requests[1]?.body).toBe('{"failedDeviceCount":1}');
    expect(refusals).toEqual([undefined, "old"]);
  });

  test("is not asked for a third time", async () => {
    const { client, server } = await openClient((_request, response) => {
      sendJson(response, 401, graphBody("InvalidAuthenticationToken"));
    });
    expect(await failure(client.get(appId))).toMatchObject({
      status: 401,
      code: "InvalidAuthenticationToken",
    });
    expect(server.requests).toHaveLength(2);
  });

  test("is asked for again before a request is repeated", async () => {
    let asked = 0;
    const { client, server } = await openClient(
      (_request, response, before) => {
        if (before === 0) sendJson(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
        else sendJson(response, 200, sampleSummary());
      },
      { token: () => `token-${(asked += 1)}` },
    );
    await client.get(appId);
    expect(authorizations(server)).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  test("function that throws fails with its own error, and nothing is sent", async () => {
    const own = new TypeError("fetch failed");
    const { client, server } = await openClient(
      (_request, response) => sendJson(response, 200, sampleSummary()),
      {
        token: () => Promise.reject(own),
      },
    );
    expect(await failure(client.get(appId))).toBe(own);
    expect(server.requests).toEqual([]);
  });

  test.each(["", "  ", "se cret", "se\ncret", "sécret"])(
    "that is not valid in a header is neither sent nor shown: %j",
    async (token) => {
      const { client, server } = await openClient(
        (_request, response) => sendJson(response, 200, sampleSummary()),
        {
          token: () => token,
        },
      );
      const error = await failure(client.get(appId));
      expect(error).toMatchObject({ name: "ClientError", code: "InvalidToken" });
      expect(String(error)).not.toMatch(/s[eé] ?\n?cret/);
      expect(server.requests).toEqual([]);
    },
  );

  test("is never part of an error, whatever fails", async () => {
    const handlers: readonly Handler[] = [
      (_request, response) => response.destroy(),
      () => undefined,
      (_request, response) => sendJson(response, 403, graphBody("Forbidden")),
      (_request, response) => sendJson(response, 200, {}),
      (_request, response) => response.writeHead(302, { location: "https://elsewhere.example/" }).end(),
    ];
    for (const handler of handlers) {
      const { client } = await openClient(handler, { timeout: 50, retry: 0, token: () => "canary" });
      const error = await failure(client.get(appId));
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain("canary");
    }
  });
});

function authorizations(server: TestServer): readonly unknown[] {
  return server.requests.map((request) => request.headers.authorization);
}
