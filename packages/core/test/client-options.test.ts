import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createInstallSummaryClient } from "../src/client/index.ts";
import { clientOf, failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleApp, sampleSummary } from "./samples.ts";
import { serveSummary } from "./serve-summary.ts";
import { sendJson, serve } from "./serve.ts";

const summaryPath = `/beta/deviceAppManagement/mobileApps/${appId}/installSummary`;

describe("the options", () => {
  test.each(["", "127.0.0.1:8420/beta", "ftp://example.org/beta", "/beta"])(
    "refuse %j as a base URL",
    (baseUrl) => {
      expect(() => createInstallSummaryClient({ baseUrl, token: () => "secret" })).toThrowError(/base URL/);
    },
  );

  test.each([
    ["timeout", 0],
    ["timeout", Number.NaN],
    ["timeout", 3_000_000_000],
    ["tokenTimeout", 0],
    ["retry", -1],
    ["retry", 1.5],
    ["retry", Number.NaN],
  ])("refuse a %s of %d at the start", (name, value) => {
    const options = { baseUrl: "http://127.0.0.1/beta", token: () => "secret", [name]: value };
    expect(() => createInstallSummaryClient(options)).toThrowError(new RegExp(`^${name} must be`));
  });

  test.each([
    ["https://me:hunter2@example.org/beta", "password"],
    ["htps://me:hunter2@example.org/beta", "…@example.org/beta"],
    ["me:hunter2@example.org/beta", "example.org/beta"],
  ])("refuse a password in the base URL %s, and do not repeat it", async (baseUrl, told) => {
    const error = await failure(
      (async () => createInstallSummaryClient({ baseUrl, token: () => "secret" }))(),
    );
    expect(String(error)).toContain(told);
    expect(String(error)).not.toContain("hunter2");
  });

  test("give the base URL with or without a slash at its end, the headers, and the fetch", async () => {
    const server = await serve((_request, response) => sendJson(response, 200, sampleSummary()));
    let fetched = 0;
    const client = createInstallSummaryClient({
      baseUrl: `${server.baseUrl}/`,
      token: () => "secret",
      headers: { "user-agent": "tests" },
      fetch: (input, init) => {
        fetched += 1;
        return fetch(input, init);
      },
    });
    await client.get(appId);
    expect(server.requests).toMatchObject([{ url: summaryPath, headers: { "user-agent": "tests" } }]);
    expect(fetched).toBe(1);
  });

  test("of a call add its headers to every request that it makes, and never replace the client's own", async () => {
    const server = await serveSummary(({ proceed }) => proceed());
    const client = clientOf(server);
    const headers = { "x-trace": "t1", "install-summary-origin": "undo" };
    await client.get(appId, { headers });
    await client.update(appId, { failedDeviceCount: 0 }, { headers, origin: "command" });
    await client.edit(appId, () => ({ failedDeviceCount: 9 }), { headers, origin: "editor" });
    expect(server.requests.map((request) => request.headers["x-trace"])).toEqual(["t1", "t1", "t1", "t1"]);
    const patches = server.requests.filter(({ method }) => method === "PATCH");
    const origins = patches.map((request) => request.headers["install-summary-origin"]);
    expect(origins).toEqual(["command", "editor"]);
  });

  test("of the client go with every request, and those of a call take their place in whatever case", async () => {
    const server = await serveSummary(({ proceed }) => proceed());
    const client = clientOf(server, { headers: { "Install-Summary-Origin": "undo", "X-Trace": "t1" } });
    await client.update(appId, { failedDeviceCount: 0 });
    await client.update(appId, { failedDeviceCount: 3 }, { origin: "command", headers: { "x-trace": "t2" } });
    expect(
      server.requests.map(({ headers }) => [headers["install-summary-origin"], headers["x-trace"]]),
    ).toEqual([
      ["undo", "t1"],
      ["command", "t2"],
    ]);
  });
});

test("a fetch that takes the place of the global one later is used, as a test's mocks do", async () => {
  const client = clientOf({ baseUrl: "http://127.0.0.1/beta" });
  const mock = vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(sampleSummary()));
  onTestFinished(() => mock.mockRestore());
  await client.get(appId);
  await client.sendOnce(appId, {});
  expect(mock).toHaveBeenCalledTimes(2);
});

test("a base URL may be a URL, and is left as it is", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  const baseUrl = new URL(`${server.baseUrl}?x=1#y`);
  const client = createInstallSummaryClient({ baseUrl, token: () => "secret" });
  await client.get(appId);
  expect(server.requests[0]?.url).toBe(summaryPath);
  expect(baseUrl.search).toBe("?x=1");
});

test("without a token no Authorization is sent, and a 401 is not tried again", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  await createInstallSummaryClient({ baseUrl: server.baseUrl }).get(appId);
  expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  const { server: closed } = await openClient((_request, response) =>
    sendJson(response, 401, graphBody("InvalidAuthenticationToken")),
  );
  const client = createInstallSummaryClient({ baseUrl: closed.baseUrl });
  expect(await failure(client.get(appId))).toMatchObject({ status: 401 });
  expect(closed.requests).toHaveLength(1);
});

test("headers may be a function, which is called for each request", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  let count = 0;
  const client = clientOf(server, {
    headers: () => {
      count += 1;
      return { traceparent: `t${count}` };
    },
  });
  await client.edit(appId, () => ({ failedDeviceCount: 0 }));
  await client.get(appId, { headers: { traceparent: "mine" } });
  expect(server.requests.map(({ headers }) => headers["traceparent"])).toEqual(["t1", "t2", "mine"]);
});

test("headers that the caller goes on to change are sent as they were given", async () => {
  const headers = { "x-trace": "t1" };
  const given = { "x-call": "c1" };
  const server = await serveSummary(({ proceed }) => {
    headers["x-trace"] = "t2";
    given["x-call"] = "c2";
    proceed();
  });
  await clientOf(server, { headers }).edit(appId, () => ({ failedDeviceCount: 0 }), { headers: given });
  expect(server.requests.map((request) => [request.headers["x-trace"], request.headers["x-call"]])).toEqual([
    ["t1", "c1"],
    ["t1", "c1"],
  ]);
});

test("ids are in lower case, whatever the server writes", async () => {
  const upper = appId.toUpperCase();
  const summary = { ...sampleSummary(), id: upper };
  const { client } = await openClient(({ url }, response) => {
    const app = { ...sampleApp(), id: upper, installSummary: summary };
    if (url.includes("/installSummary")) sendJson(response, 200, summary);
    else sendJson(response, 200, url.includes(appId) ? app : { value: [app] });
  });
  expect((await client.get(upper)).summary.id).toBe(appId);
  const app = await client.getApp(upper);
  expect([app.id, app.installSummary.id]).toEqual([appId, appId]);
  for await (const listed of client.list()) {
    expect([listed.id, listed.installSummary.id]).toEqual([appId, appId]);
  }
});

test("a redirect that a browser hides is a ClientError, and the change was refused", async () => {
  const options = { fetch: async () => Response.error(), retry: 0 };
  const client = clientOf({ baseUrl: "http://127.0.0.1/beta" }, options);
  const error = await failure(client.update(appId, { failedDeviceCount: 0 }));
  expect(error).toMatchObject({ name: "ClientError", code: "Redirected" });
  expect(String(error)).toContain("Redirects are not followed");
});

test.each<[string, unknown, object]>([
  ["null, as Headers.get gives it", null, { name: "ClientError", code: "PreconditionRequired" }],
  ["a version", 7, { name: "GraphError", status: 400, innerCode: "malformedEntityTag" }],
  ["an object", {}, { name: "GraphError", status: 400, innerCode: "malformedEntityTag" }],
])("an ifMatch of %s is refused with a sentence, and nothing is sent", async (_what, value, expected) => {
  const server = await serveSummary(({ proceed }) => proceed());
  const options: object = { ifMatch: value };
  const client = clientOf(server);
  for (const name of ["update", "sendOnce"] as const) {
    const call = client[name](appId, { failedDeviceCount: 0 }, options);
    expect(await failure(call)).toMatchObject(expected);
  }
  expect(server.requests).toEqual([]);
});

test.each([undefined, null, 7, {}])("an app id of %s is refused with a sentence", async (value) => {
  const [id = ""]: readonly string[] = JSON.parse(JSON.stringify([value ?? null]));
  const client = clientOf({ baseUrl: "http://127.0.0.1/beta" });
  const error = await failure(client.get(id));
  expect(error).toMatchObject({ name: "GraphError", code: "BadRequest" });
  expect(String(error)).toContain(" is not a GUID.");
});

test("results carry the id of their request, and callbacks get frozen copies", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  const client = clientOf(server);
  expect(await client.get(appId)).toHaveProperty("requestId", expect.any(String));
  const frozen: boolean[] = [];
  const edited = await client.edit(appId, (summary) => {
    frozen.push(Object.isFrozen(summary));
    return { failedDeviceCount: 0 };
  });
  expect(edited).toHaveProperty("requestId", expect.any(String));
  expect(await client.getApp(appId)).toHaveProperty("requestId", expect.any(String));
  for await (const page of client.pages()) expect(page).toHaveProperty("requestId", expect.any(String));
  const dryRun = await client.update(appId, { failedDeviceCount: 5 }, { dryRun: true });
  expect(dryRun).toHaveProperty("requestId", expect.any(String));
  expect(frozen).toEqual([true]);
});
