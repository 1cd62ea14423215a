import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createInstallSummaryClient } from "../src/client/index.ts";
import { GraphError } from "../src/graph-error.ts";
import type { InstallSummary } from "../src/install-summary.ts";
import { failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleApp, sampleSummary } from "./samples.ts";
import { answer, deadOrigin, serve, type Handler, type TestServer } from "./serve.ts";

const summaryPath = `/beta/deviceAppManagement/mobileApps/${appId}/installSummary`;
const listPath = "/beta/deviceAppManagement/mobileApps?$expand=installSummary";

describe("get", () => {
  test("reads the summary and the ETag of its version", async () => {
    const { client, server } = await openClient((_request, response) => {
      answer(
        response,
        200,
        { "@odata.context": "x", "@odata.type": "y", ...sampleSummary() },
        { etag: 'W/"3"' },
      );
    });
    expect(await client.get(appId.toUpperCase())).toEqual({ summary: sampleSummary(), etag: 'W/"3"' });
    expect(server.requests).toMatchObject([
      {
        method: "GET",
        url: summaryPath,
        headers: { authorization: "Bearer secret", accept: "application/json" },
      },
    ]);
  });

  test("reads the shape that wraps the entity in a value", async () => {
    const { client } = await openClient((_request, response) => {
      answer(response, 200, { value: { "@odata.etag": 'W/"4"', ...sampleSummary() } });
    });
    expect(await client.get(appId)).toEqual({ summary: sampleSummary(), etag: 'W/"4"' });
  });

  test("has no ETag where the host sends none", async () => {
    const { client } = await openClient((_request, response) => answer(response, 200, sampleSummary()));
    expect(await client.get(appId)).toEqual({ summary: sampleSummary(), etag: undefined });
  });

  test.each([
    ["a missing counter", without("failedUserCount"), "failedUserCount"],
    ["null", { ...sampleSummary(), failedUserCount: null }, "failedUserCount"],
    ["text", { ...sampleSummary(), failedUserCount: "4" }, "failedUserCount"],
    ["a negative counter", { ...sampleSummary(), failedUserCount: -1 }, "failedUserCount"],
    ["a missing counter in a value", { value: without("failedUserCount") }, "failedUserCount"],
    ["nothing", {}, "id"],
    ["another app", foreignSummary(), "11111111-1111-1111-1111-111111111111"],
  ])("takes no answer with %s, and makes no zero of it", async (_what, body, named) => {
    const { client } = await openClient((_request, response) => {
      answer(response, 200, body, { etag: 'W/"3"', "request-id": "r1" });
    });
    const error = await failure(client.get(appId));
    expect(error).toBeInstanceOf(GraphError);
    expect(error).toMatchObject({ status: 502, code: "InvalidAnswer", requestId: "r1" });
    expect(String(error)).toContain(named);
    expect(String(error)).toContain(`GET http://127.0.0.1`);
  });

  test("takes no answer that is not JSON", async () => {
    const { client } = await openClient((_request, response) =>
      response.end("<html>Sign in to the hotel</html>"),
    );
    expect(await failure(client.get(appId))).toMatchObject({ code: "InvalidAnswer" });
  });

  test("sends nothing for an id that is no GUID", async () => {
    const { client, server } = await openClient((_request, response) =>
      answer(response, 200, sampleSummary()),
    );
    expect(await failure(client.get("../secrets"))).toMatchObject({ status: 400, code: "BadRequest" });
    expect(server.requests).toEqual([]);
  });
});

describe("getApp", () => {
  test("reads the app with its summary and the ETag of the summary", async () => {
    const { client, server } = await openClient((_request, response) => {
      answer(response, 200, {
        ...sampleApp(),
        "installSummary@odata.context": "x",
        installSummary: { "@odata.etag": 'W/"3"', "@odata.type": "y", ...sampleSummary() },
      });
    });
    expect(await client.getApp(appId)).toEqual({
      ...sampleApp(),
      installSummary: sampleSummary(),
      etag: 'W/"3"',
    });
    expect(server.requests[0]?.url).toBe(
      `/beta/deviceAppManagement/mobileApps/${appId}?$expand=installSummary`,
    );
  });

  test("takes no app without its summary", async () => {
    const { client } = await openClient((_request, response) => answer(response, 200, sampleApp()));
    const error = await failure(client.getApp(appId));
    expect(error).toMatchObject({ code: "InvalidAnswer" });
    expect(String(error)).toContain("installSummary");
  });
});

describe("list", () => {
  const ids = ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002", appId];

  test("follows the links from page to page", async () => {
    const { client, server } = await openClient((request, response) => {
      const page = Number(new URL(request.url, "http://x").searchParams.get("$skiptoken") ?? 0);
      const next = `http://${request.headers.host}/beta/deviceAppManagement/mobileApps?$skiptoken=${page + 1}`;
      answer(response, 200, {
        value: [listed(ids[page] ?? "")],
        ...(page < 2 && { "@odata.nextLink": next }),
      });
    });
    const found = [];
    for await (const one of client.list()) found.push([one.id, one.etag, one.installSummary.failedUserCount]);
    expect(found).toEqual(ids.map((id) => [id, 'W/"5"', 15]));
    expect(server.requests.map((request) => request.url)).toEqual([
      listPath,
      "/beta/deviceAppManagement/mobileApps?$skiptoken=1",
      "/beta/deviceAppManagement/mobileApps?$skiptoken=2",
    ]);
  });

  test("fetches no page that nobody reaches", async () => {
    const { client, server } = await openClient((request, response) => {
      answer(response, 200, {
        value: [listed(appId)],
        "@odata.nextLink": `http://${request.headers.host}/beta/x`,
      });
    });
    for await (const one of client.list()) {
      expect(one.id).toBe(appId);
      break;
    }
    expect(server.requests).toHaveLength(1);
  });

  test("says what is searched and how large a page is, so that any server understands it", async () => {
    const { client, server } = await openClient((_request, response) =>
      answer(response, 200, { value: [], "@odata.count": 0 }),
    );
    for await (const page of client.pages({ search: " 7-Zip & more ", top: 20, count: true })) {
      expect(page).toEqual({ apps: [], count: 0 });
    }
    expect(server.requests[0]?.url).toBe(`${listPath}&$top=20&$search=7-Zip%20%26%20more&$count=true`);
  });

  test("asks for no search of nothing", async () => {
    const { client, server } = await openClient((_request, response) => answer(response, 200, { value: [] }));
    for await (const page of client.pages({ search: " " })) expect(page).toEqual({ apps: [] });
    expect(server.requests[0]?.url).toBe(listPath);
  });

  test("never follows a link to another origin, where the token would go along", async () => {
    const other = await serve((_request, response) => answer(response, 200, { value: [] }));
    const { client } = await openClient((_request, response) => {
      answer(response, 200, {
        value: [listed(appId)],
        "@odata.nextLink": `${other.baseUrl}/deviceAppManagement/mobileApps`,
      });
    });
    const found: string[] = [];
    const reading = (async () => {
      for await (const one of client.list()) found.push(one.id);
    })();
    const error = await failure(reading);
    expect(error).toMatchObject({ code: "InvalidAnswer" });
    expect(String(error)).toContain(other.origin);
    expect(found).toEqual([appId]);
    expect(other.requests).toEqual([]);
  });

  test("does not read the same page for ever", async () => {
    const { client, server } = await openClient((request, response) => {
      answer(response, 200, { value: [], "@odata.nextLink": `http://${request.headers.host}${request.url}` });
    });
    expect(await failure(drain(client.list()))).toMatchObject({ code: "InvalidAnswer" });
    expect(server.requests).toHaveLength(1);
  });

  test("does not go round in a circle of pages", async () => {
    const { client, server } = await openClient((request, response, before) => {
      const next = `http://${request.headers.host}/beta/page${before % 2}`;
      answer(response, 200, { value: [], "@odata.nextLink": next });
    });
    expect(await failure(drain(client.list()))).toMatchObject({ code: "InvalidAnswer" });
    expect(server.requests).toHaveLength(3);
  });

  test("follows no link with a password, and does not repeat it", async () => {
    const { client, server } = await openClient((request, response) => {
      const next = `http://me:hunter2@${request.headers.host}/beta/x`;
      answer(response, 200, { value: [], "@odata.nextLink": next });
    });
    const error = await failure(drain(client.list()));
    expect(error).toMatchObject({ code: "InvalidAnswer" });
    expect(String(error)).not.toContain("hunter2");
    expect(server.requests).toHaveLength(1);
  });

  test("takes no page with an app whose summary lacks a counter", async () => {
    const { client } = await openClient((_request, response) => {
      answer(response, 200, {
        value: [listed(appId), { ...sampleApp(), installSummary: without("installedDeviceCount") }],
      });
    });
    const error = await failure(drain(client.list()));
    expect(error).toMatchObject({ code: "InvalidAnswer" });
    expect(String(error)).toContain("value.1.installSummary.installedDeviceCount");
  });
});

describe("update", () => {
  test("sends the patch alone and gives the summary as it is then", async () => {
    const { client, server } = await openClient((_request, response) => {
      answer(response, 200, sampleSummary({ failedDeviceCount: 0 }), { etag: 'W/"4"' });
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

  test("is unguarded without ifMatch", async () => {
    const { client, server } = await openClient((_request, response) =>
      answer(response, 200, sampleSummary()),
    );
    await client.update(appId, { failedDeviceCount: 1 });
    expect(server.requests[0]?.headers).not.toHaveProperty("if-match");
    expect(server.requests[0]?.headers).not.toHaveProperty("install-summary-origin");
  });

  test("is refused where a guard was asked for and the host has no ETags", async () => {
    const { client, server } = await openClient((_request, response) =>
      answer(response, 200, sampleSummary()),
    );
    const { etag } = await client.get(appId);
    const error = await failure(client.update(appId, { failedDeviceCount: 1 }, { ifMatch: etag }));
    expect(error).toMatchObject({ status: 428, code: "PreconditionRequired" });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ["a value out of range", { failedDeviceCount: -1 }, undefined],
    ["a malformed ETag", { failedDeviceCount: 1 }, '"a\nb'],
  ])("sends nothing with %s", async (_what, patch, ifMatch) => {
    const { client, server } = await openClient((_request, response) =>
      answer(response, 200, sampleSummary()),
    );
    const options = ifMatch === undefined ? {} : { ifMatch };
    expect(await failure(client.update(appId, patch, options))).toMatchObject({ status: 400 });
    expect(server.requests).toEqual([]);
  });

  test("reads the summary where the host answers without one", async () => {
    const { client, server } = await openClient((request, response) => {
      if (request.method === "PATCH") response.writeHead(204).end();
      else answer(response, 200, sampleSummary(), { etag: 'W/"4"' });
    });
    expect(await client.update(appId, { failedDeviceCount: 1 })).toEqual({
      summary: sampleSummary(),
      etag: 'W/"4"',
    });
    expect(server.requests.map((request) => request.method)).toEqual(["PATCH", "GET"]);
  });

  test.each<[string, string, Handler]>([
    ["without an answer", "NetworkError", (_request, response) => response.destroy()],
    ["with an answer that breaks off", "NetworkError", breakOff],
    ["without an answer in time", "TimeoutError", () => undefined],
    ["with a 504", "GraphError", (_request, response) => answer(response, 504, graphBody("GatewayTimeout"))],
  ])("%s is sent once, where the caller finds out what became of it", async (_how, name, handler) => {
    const { client, server } = await openClient(handler, { timeout: 100 });
    const updating = client.update(appId, { failedDeviceCount: 1 }, { lostAnswer: "throw" });
    expect(await failure(updating)).toMatchObject({ name });
    expect(server.requests).toHaveLength(1);
  });

  test("is sent again after 429 and 503, when it was not", async () => {
    const { client, server } = await openClient((_request, response, before) => {
      if (before < 2)
        answer(response, before === 0 ? 429 : 503, graphBody("TooManyRequests"), { "retry-after": "0" });
      else answer(response, 200, sampleSummary());
    });
    await client.update(appId, { failedDeviceCount: 1 });
    expect(server.requests.map((request) => request.body)).toEqual(Array(3).fill('{"failedDeviceCount":1}'));
  });
});

describe("the token", () => {
  test("is asked for before every request", async () => {
    let asked = 0;
    const { client, server } = await openClient(
      (_request, response) => answer(response, 200, sampleSummary()),
      {
        token: async () => `token-${(asked += 1)}`,
      },
    );
    await client.get(appId);
    await client.get(appId);
    expect(authorizations(server)).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  test("is asked for once again when it is refused, with the refused one", async () => {
    const refusals: unknown[] = [];
    const { client, server } = await openClient(
      (request, response) => {
        if (request.headers.authorization === "Bearer old")
          answer(response, 401, graphBody("InvalidAuthenticationToken"));
        else answer(response, 200, sampleSummary());
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

  test("is asked for no third time", async () => {
    const { client, server } = await openClient((_request, response) => {
      answer(response, 401, graphBody("InvalidAuthenticationToken"));
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
        if (before === 0) answer(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
        else answer(response, 200, sampleSummary());
      },
      { token: () => `token-${(asked += 1)}` },
    );
    await client.get(appId);
    expect(authorizations(server)).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  test("that cannot be had fails with the function's own error, and nothing is sent", async () => {
    const own = new TypeError("fetch failed");
    const { client, server } = await openClient(
      (_request, response) => answer(response, 200, sampleSummary()),
      {
        token: () => Promise.reject(own),
      },
    );
    expect(await failure(client.get(appId))).toBe(own);
    expect(server.requests).toEqual([]);
  });

  test.each(["", "  ", "se cret", "se\ncret", "sécret"])(
    "that no header can hold is not sent, nor shown: %j",
    async (token) => {
      const { client, server } = await openClient(
        (_request, response) => answer(response, 200, sampleSummary()),
        {
          token: () => token,
        },
      );
      const error = await failure(client.get(appId));
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).not.toMatch(/s[eé] ?\n?cret/);
      expect(server.requests).toEqual([]);
    },
  );

  test("stands in no error, whatever fails", async () => {
    const handlers: readonly Handler[] = [
      (_request, response) => response.destroy(),
      () => undefined,
      (_request, response) => answer(response, 403, graphBody("Forbidden")),
      (_request, response) => answer(response, 200, {}),
      (_request, response) => response.writeHead(302, { location: "https://elsewhere.example/" }).end(),
    ];
    for (const handler of handlers) {
      const { client } = await openClient(handler, { timeout: 50, retry: 0, token: () => "canary" });
      const error = await failure(client.get(appId));
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain("canary");
    }
  });
});

describe("an error answer is a GraphError", () => {
  test("with all that Graph says", async () => {
    const { client } = await openClient((_request, response) => {
      answer(
        response,
        400,
        {
          error: {
            code: "ModelValidationFailure",
            message: "Two faults.",
            target: "failedDeviceCount",
            details: [
              { code: "ModelValidationFailure", message: "One.", target: "failedDeviceCount" },
              { code: "ModelValidationFailure", message: "Two." },
            ],
            innerError: { code: "propertyNotUpdateable", date: "2023-06-23T12:19:44", "request-id": "r1" },
          },
        },
        { "request-id": "r2" },
      );
    });
    const error = await failure(client.update(appId, { failedDeviceCount: 1 }));
    expect(error).toBeInstanceOf(GraphError);
    expect(error).toMatchObject({
      status: 400,
      code: "ModelValidationFailure",
      message: "Two faults.",
      target: "failedDeviceCount",
      details: [
        { code: "ModelValidationFailure", message: "One.", target: "failedDeviceCount" },
        { code: "ModelValidationFailure", message: "Two." },
      ],
      innerCode: "propertyNotUpdateable",
      requestId: "r1",
    });
  });

  test("with the request's id from the header, or from where older services write it", async () => {
    const { client } = await openClient((_request, response, before) => {
      const body = graphBody("ResourceNotFound");
      if (before === 0) answer(response, 404, body, { "request-id": "r2" });
      else answer(response, 404, { error: { ...body.error, innererror: { "request-id": "r3" } } });
    });
    expect(await failure(client.get(appId))).toMatchObject({ code: "ResourceNotFound", requestId: "r2" });
    expect(await failure(client.get(appId))).toMatchObject({ code: "ResourceNotFound", requestId: "r3" });
  });

  test("also with what is wrong inside left out", async () => {
    const { client } = await openClient((_request, response) => {
      answer(response, 400, {
        error: { code: "BadRequest", message: "No.", target: 7, details: "x", innerError: [] },
      });
    });
    const error = await failure(client.get(appId));
    expect(error).toMatchObject({ code: "BadRequest", message: "No.", details: [] });
    expect(error).not.toHaveProperty("target");
  });

  test.each([
    [412, "PreconditionFailed"],
    [500, "InternalServerError"],
    [502, "UnknownError"],
  ])("also where a proxy answers %i in its own words", async (status, code) => {
    const { client } = await openClient((_request, response) => {
      response.writeHead(status, { "content-type": "text/html" });
      response.end("<h1>\u001b[31mBad luck</h1>");
    });
    const error = await failure(client.get(appId));
    expect(error).toMatchObject({ status, code });
    expect(String(error)).toContain("<h1>␛[31mBad luck</h1>");
  });

  test("for a redirect, which is not followed", async () => {
    const other = await serve((_request, response) => answer(response, 200, sampleSummary()));
    const { client } = await openClient((_request, response) => {
      response.writeHead(308, { location: `${other.origin}/` }).end();
    });
    const error = await failure(client.get(appId));
    expect(error).toMatchObject({ status: 308 });
    expect(String(error)).toContain(`${other.origin}/`);
    expect(other.requests).toEqual([]);
  });
});

describe("a read", () => {
  test.each([429, 503, 504])("is repeated after %i, when the server said so", async (status) => {
    const { client, server } = await openClient((_request, response, before) => {
      if (before === 0) answer(response, status, graphBody("TooManyRequests"), { "retry-after": "0" });
      else answer(response, 200, sampleSummary());
    });
    await client.get(appId);
    expect(server.requests).toHaveLength(2);
  });

  test("is repeated after a lost connection and a broken answer", async () => {
    const { client, server } = await openClient((_request, response, before) => {
      if (before === 0) response.destroy();
      else if (before === 1) {
        response.writeHead(200, { "content-length": "1000" });
        response.write("{", () => response.destroy());
      } else answer(response, 200, sampleSummary());
    });
    await client.get(appId);
    expect(server.requests).toHaveLength(3);
  });

  test("waits as long as the server said", async () => {
    const { client } = await openClient((_request, response, before) => {
      if (before === 0) answer(response, 429, graphBody("TooManyRequests"), { "retry-after": "1" });
      else answer(response, 200, sampleSummary());
    });
    const start = performance.now();
    await client.get(appId);
    expect(performance.now() - start).toBeGreaterThanOrEqual(990);
  });

  test.each([["120"], [new Date(Date.now() + 120_000).toUTCString()]])(
    "is not repeated where the wait is long (%s): the error says how long",
    async (after) => {
      const { client, server } = await openClient((_request, response) => {
        answer(response, 429, graphBody("TooManyRequests"), { "retry-after": after });
      });
      const error = await failure(client.get(appId));
      expect(error).toMatchObject({ status: 429, code: "TooManyRequests" });
      expect(error instanceof GraphError ? error.retryAfter : undefined).toBeGreaterThan(110);
      expect(server.requests).toHaveLength(1);
    },
  );

  test("is repeated so often and no more", async () => {
    const { client, server } = await openClient(
      (_request, response) => answer(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" }),
      { retry: 2 },
    );
    expect(await failure(client.get(appId))).toMatchObject({ status: 503, retryAfter: 0 });
    expect(server.requests).toHaveLength(3);
  });

  test.each([400, 404, 412, 500])("is not repeated after %i", async (status) => {
    const { client, server } = await openClient((_request, response) =>
      answer(response, status, graphBody("BadRequest")),
    );
    expect(await failure(client.get(appId))).toMatchObject({ status });
    expect(server.requests).toHaveLength(1);
  });

  test("times out where no answer comes, and where an answer does not end", async () => {
    const { client } = await openClient(
      (_request, response, before) => {
        if (before === 1) response.write("{");
      },
      { timeout: 50 },
    );
    expect(await failure(client.get(appId))).toMatchObject({ name: "TimeoutError" });
    expect(await failure(client.get(appId))).toMatchObject({ name: "TimeoutError" });
  });

  test("passes on that nobody listens, as ky's NetworkError", async () => {
    const client = createInstallSummaryClient({
      baseUrl: `${await deadOrigin()}/beta`,
      token: () => "secret",
      retry: 0,
    });
    expect(await failure(client.get(appId))).toMatchObject({ name: "NetworkError" });
  });
});

describe("a signal", () => {
  test("ends a request that runs", async () => {
    const stop = new AbortController();
    const { client } = await openClient(() => stop.abort(new Error("enough")));
    for (const running of [
      client.get(appId, { signal: stop.signal }),
      client.getApp(appId, { signal: stop.signal }),
      client.update(appId, { failedDeviceCount: 1 }, { signal: stop.signal }),
      drain(client.list({ signal: stop.signal })),
    ]) {
      expect(String(await failure(running))).toContain("enough");
    }
  });

  test("ends the wait for a token, and so does the timeout", async () => {
    const stop = new AbortController();
    const token = (): Promise<string> => {
      stop.abort(new Error("enough"));
      return new Promise(() => undefined);
    };
    const { client, server } = await openClient(() => undefined, { token, tokenTimeout: 50 });
    expect(String(await failure(client.get(appId, { signal: stop.signal })))).toContain("enough");
    expect(String(await failure(client.get(appId)))).toContain("gave no token within 50 ms");
    expect(server.requests).toEqual([]);
  });

  test("ends a wait for the next try", async () => {
    const stop = new AbortController();
    const { client, server } = await openClient((_request, response) => {
      answer(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "20" });
      response.on("finish", () => stop.abort(new Error("enough")));
    });
    expect(String(await failure(client.get(appId, { signal: stop.signal })))).toContain("enough");
    expect(server.requests).toHaveLength(1);
  });
});

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

  test("refuse a password in the base URL, and do not repeat it", async () => {
    const baseUrl = "https://me:hunter2@example.org/beta";
    const error = await failure(
      (async () => createInstallSummaryClient({ baseUrl, token: () => "secret" }))(),
    );
    expect(String(error)).toContain("password");
    expect(String(error)).not.toContain("hunter2");
  });

  test("give the base URL with or without a slash at its end, the headers, and the fetch", async () => {
    const server = await serve((_request, response) => answer(response, 200, sampleSummary()));
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
});

function breakOff(_request: unknown, response: ServerResponse): void {
  response.writeHead(200, { "content-length": "1000" });
  response.write("{", () => response.destroy());
}

async function drain(iterable: AsyncIterable<unknown>): Promise<void> {
  for await (const one of iterable) void one;
}

function authorizations(server: TestServer): readonly unknown[] {
  return server.requests.map((request) => request.headers.authorization);
}

function without(name: keyof InstallSummary): Partial<InstallSummary> {
  const { [name]: _, ...others } = sampleSummary();
  return others;
}

function foreignSummary(): InstallSummary {
  return { ...sampleSummary(), id: "11111111-1111-1111-1111-111111111111" };
}

function listed(id: string): unknown {
  return { ...sampleApp(), id, installSummary: { "@odata.etag": 'W/"5"', ...sampleSummary(), id } };
}
