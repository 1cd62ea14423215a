import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { ClientOptions, InstallSummaryClient, RequestHeaders } from "../src/client/index.ts";
import { failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { sendJson, type Handler } from "./serve.ts";

const patch = { failedDeviceCount: 1 };

/** Ways to fail, of which ky and the client each make an error of their own. */
const failing: readonly (readonly [what: string, Handler])[] = [
  ["a connection is lost", (_request, response) => response.destroy()],
  ["no response comes", () => undefined],
  ["a response breaks off", (_request, response) => response.write("{", () => response.destroy())],
  ["the server refuses", (_request, response) => sendJson(response, 403, graphBody("Forbidden"))],
  ["a token is refused", (_request, response) => sendJson(response, 401, graphBody("Unauthorized"))],
  ["a server is busy", (_request, response) => sendJson(response, 429, {}, { "retry-after": "99" })],
  ["a server is down", (_request, response) => response.writeHead(502).end("<h1>Bad luck</h1>")],
  ["a success cannot be used", (_request, response) => sendJson(response, 200, {})],
  ["a request is redirected", (_request, response) => response.writeHead(302, { location: "/x" }).end()],
];

const calls: readonly (readonly [
  what: string,
  (client: InstallSummaryClient, headers: RequestHeaders) => Promise<unknown>,
])[] = [
  ["get", (client, headers) => client.get(appId, { headers })],
  ["list", (client, headers) => drain(client.list({ headers }))],
  ["changes", (client, headers) => drain(client.changes({ headers }))],
  ["update", (client, headers) => client.update(appId, patch, { headers, ifMatch: 'W/"7"' })],
  ["sendOnce", (client, headers) => client.sendOnce(appId, patch, { headers })],
  ["edit", (client, headers) => client.edit(appId, () => patch, { headers })],
];

/** What a caller keeps from others, each with a word that no error may have. */
const secrets: Partial<ClientOptions> = {
  token: () => "canary-token",
  headers: { "Ocp-Apim-Subscription-Key": "canary-key", Cookie: "sid=canary-cookie" },
};

for (const [what, handler] of failing) {
  test.each(calls)(`where ${what}, an error of %s shows no header's value`, async (_name, call) => {
    const timeout = what === "no response comes" ? 50 : 30_000;
    const { client } = await openClient(handler, { ...secrets, timeout, retry: 0 });
    const error = await failure(call(client, { "X-Signature": "canary-call" }));
    expect(everythingOf(error)).not.toContain("canary");
  });
}

test.each(calls)("%s sends the headers and the token", async (_name, call) => {
  const { client, server } = await openClient((_request, response) => sendJson(response, 403, {}), secrets);
  await failure(call(client, { "X-Signature": "canary-call" }));
  expect(server.requests[0]?.headers).toMatchObject({
    authorization: "Bearer canary-token",
    "ocp-apim-subscription-key": "canary-key",
    cookie: "sid=canary-cookie",
    "x-signature": "canary-call",
  });
});

test("an Authorization that the headers function gives is in no error", async () => {
  const { client, server } = await openClient((_request, response) => response.destroy(), {
    headers: () => ({ Authorization: "Bearer canary" }),
    token: undefined,
    retry: 0,
  });
  expect(everythingOf(await failure(client.get(appId)))).not.toContain("canary");
  expect(server.requests[0]?.headers.authorization).toBe("Bearer canary");
});

test("the request that an error of another fetch carries is not told", async () => {
  const { client } = await openClient(() => undefined, {
    ...secrets,
    retry: 0,
    fetch: async (request) => {
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET", config: { request } });
    },
  });
  const error = await failure(client.update(appId, patch));
  expect(everythingOf(error)).not.toContain("canary");
  expect(String(error)).toContain("ECONNRESET");
});

test("where a signal ends a call its reason comes, whatever the fetch throws", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const fetch: typeof globalThis.fetch = async (request) => {
    stop.abort(reason);
    throw Object.assign(new Error("canceled"), { config: { request } });
  };
  const { client } = await openClient(() => undefined, { ...secrets, fetch });
  expect(await failure(client.get(appId, { signal: stop.signal }))).toBe(reason);
});

test("headers go with every try of a request, the same each time", async () => {
  let made = 0;
  const { client, server } = await openClient(
    (_request, response, before) => {
      if (before === 0) sendJson(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
      else sendJson(response, 200, sampleSummary());
    },
    { headers: () => ({ traceparent: `trace-${(made += 1)}` }) },
  );
  await client.get(appId);
  expect(server.requests.map(({ headers }) => headers["traceparent"])).toEqual(["trace-1", "trace-1"]);
});

async function drain(iterable: AsyncIterable<unknown>): Promise<void> {
  for await (const one of iterable) void one;
}

/** All that logs and copies of an error show. */
function everythingOf(error: unknown): string {
  const copies = [error, structuredClone(error)].map((one) =>
    inspect(one, { depth: null, showHidden: true, getters: true }),
  );
  return [...copies, JSON.stringify(error), String(error)].join("\n");
}
