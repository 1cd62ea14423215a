import { describe, expect, test } from "vitest";
import { isUnconfirmedChangeError, UnconfirmedChangeError } from "../src/client/index.ts";
import { clientOf, failure, graphBody } from "./open-client.ts";
import { commitAndDrop, withoutRecord } from "./lost-responses.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary, type Exchange, type SummaryServer } from "./serve-summary.ts";
import { sendJson, deadOrigin } from "./serve.ts";

const patch = { failedDeviceCount: 0 };
const ifMatch = 'W/"1"';
const broken = "The connection failed (UND_ERR_SOCKET).";

describe("a 204 is no confirmation where the summary shows other values after it", () => {
  const other =
    "it has no body (204), and the summary has another value after it: its failedDeviceCount is 1";

  test.each<[string, "notApplied" | "overtaken", string | undefined]>([
    ["a gateway, whose server has never seen the change", "notApplied", ifMatch],
    ["a gateway, without a guard", "notApplied", undefined],
    ["a server where someone else has changed the summary", "overtaken", ifMatch],
  ])("of %s", async (_what, outcome, guard) => {
    const server = await serveSummary(({ request, response, proceed }, { change }) => {
      if (request.method !== "PATCH") return proceed();
      if (outcome === "overtaken") change({ installedDeviceCount: 7 });
      response.writeHead(204).end();
    });
    const options = guard === undefined ? {} : { ifMatch: guard };
    const error = await failure(clientOf(server).update(appId, patch, options));
    expect(error).toMatchObject({
      outcome,
      cause: { code: "InvalidResponse", message: expect.stringContaining(`${other}, although 0 was sent`) },
    });
  });

  test.each([
    ["a 204", 'W/"2"', "overtaken"],
    ["a 204 whose version is still the current one", 'W/"3"', "notApplied"],
    ["a 200", 'W/"2"', "overtaken"],
    ["a 200 whose version is still the current one", 'W/"3"', "notApplied"],
  ])(
    "and after %s without a guard the version that it confirmed (%s) tells: %s",
    async (what, etag, outcome) => {
      const server = await serveSummary(({ request, response, proceed, commit }, { change, current }) => {
        if (request.method !== "PATCH") return proceed();
        commit();
        change({ failedDeviceCount: 50 });
        if (what.startsWith("a 204")) return response.writeHead(204, { etag }).end();
        sendJson(response, 200, { "@odata.etag": etag, ...current().summary });
      });
      const error = await failure(clientOf(server).update(appId, patch));
      expect(error).toMatchObject({ outcome, current: { etag: 'W/"3"' }, cause: { confirmedETag: etag } });
      expect(server.count("PATCH")).toBe(1);
    },
  );

  test.each([
    ['W/"2"', { etag: 'W/"3"', confirmedETag: 'W/"2"' }],
    ['W/"3"', { etag: 'W/"3"' }],
    // As by a proxy that compresses what has a body.
    ['"3"', { etag: 'W/"3"' }],
    [undefined, { etag: 'W/"3"' }],
  ])("and where the values are there, a 204 of %s tells which version it made", async (etag, told) => {
    const server = await serveSummary(({ request, response, proceed, commit }, { change }) => {
      if (request.method !== "PATCH") return proceed();
      commit();
      change({ installedDeviceCount: 50 });
      response.writeHead(204, { ...(etag !== undefined && { etag }) }).end();
    });
    const updated = await clientOf(server).update(appId, patch);
    expect(updated).toEqual({ summary: sampleSummary({ ...patch, installedDeviceCount: 50 }), ...told });
  });

  test("but is the answer to a repeated request, after which others may have changed it", async () => {
    const server = await serveSummary(({ request, response, proceed }) => {
      if (request.method !== "PATCH") return proceed();
      const id = request.headers["client-request-id"];
      const names = { "client-request-id": id, "install-summary-repeated-id": id };
      response.writeHead(204, { "install-summary-repeated": "true", ...names }).end();
    });
    const { summary, repeated } = await clientOf(server).update(appId, patch, { ifMatch });
    expect([summary, repeated]).toEqual([sampleSummary(), true]);
  });

  test("and reading again finds a change that shows late", async () => {
    let late = true;
    const server = await serveSummary(({ request, response, proceed, commit }) => {
      if (request.method === "PATCH") {
        commit();
        response.writeHead(204).end();
      } else if (late) {
        late = false;
        sendJson(response, 200, sampleSummary());
      } else proceed();
    });
    const { summary, foundAfter } = await clientOf(server).update(appId, patch);
    expect(summary).toEqual(sampleSummary(patch));
    expect(foundAfter).toMatchObject([{ code: "InvalidResponse" }]);
  });
});

describe("a change that was applied is returned as such, with what came instead of a response", () => {
  test.each<[string, (exchange: Exchange) => void]>([
    ["the connection drops", ({ drop }) => drop()],
    ["no response comes in time", () => undefined],
    ["a gateway says 502", ({ response }) => sendJson(response, 502, graphBody("BadGateway"))],
    ["a gateway says 504", ({ response }) => sendJson(response, 504, graphBody("GatewayTimeout"))],
  ])("where %s", async (_what, lose) => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      exchange.commit();
      lose(exchange);
    });
    const client = clientOf(server, { timeout: 200 });
    const now = { summary: sampleSummary(patch), etag: 'W/"2"' };
    const [lost, again] = [expect.any(Error), expect.any(Error)];
    // Guarded by one version it is sent once more, since the server may know whose values are there.
    expect(await client.update(appId, patch, { ifMatch })).toEqual({
      ...now,
      foundAfter: [lost, again],
      foundBy: "values",
    });
    expect(server.count("PATCH")).toBe(2);
    expect(await client.update(appId, patch)).toEqual({ ...now, foundAfter: [lost], foundBy: "values" });
    expect(server.count("PATCH")).toBe(3);
  });

  test("where the connection drops, and the server recognises the second request", async () => {
    const server = await serveSummary(commitAndDrop);
    const updated = await clientOf(server).update(appId, patch, { ifMatch });
    expect(updated).toMatchObject({ summary: sampleSummary(patch), etag: 'W/"2"', repeated: true });
    expect(updated).not.toHaveProperty("foundAfter");
    expect(server.current().version).toBe(2);
  });

  test("also where others have changed the same counter since, and the server recognises the second request", async () => {
    const server = await serveSummary((exchange, all) => {
      commitAndDrop(exchange);
      if (exchange.request.method === "PATCH" && exchange.before === 0) all.change({ failedDeviceCount: 9 });
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toMatchObject({
      summary: sampleSummary({ failedDeviceCount: 9 }),
      etag: 'W/"3"',
      repeated: true,
    });
  });

  test("also where others have changed other counters since", async () => {
    const server = await serveSummary(
      withoutRecord((exchange, { change }) => {
        commitAndDrop(exchange);
        if (exchange.request.method === "PATCH" && exchange.before === 0) change({ installedDeviceCount: 7 });
      }),
    );
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toEqual({
      summary: sampleSummary({ ...patch, installedDeviceCount: 7 }),
      etag: 'W/"3"',
      foundAfter: [
        expect.objectContaining({ name: "NetworkError" }),
        expect.objectContaining({ status: 412, code: "PreconditionFailed" }),
      ],
      foundBy: "values",
    });
  });

  test("where a gateway says 503, and the server recognises the second request", async () => {
    const server = await serveSummary(commitBehind503);
    const updated = await clientOf(server).update(appId, patch, { ifMatch });
    expect(updated).toMatchObject({ summary: sampleSummary(patch), etag: 'W/"2"', repeated: true });
    expect(updated).not.toHaveProperty("foundAfter");
    expect(server.current().version).toBe(2);
  });

  test("where a gateway says 503, and the second request meets the version that the first one made", async () => {
    const server = await serveSummary(withoutRecord(commitBehind503));
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toEqual({
      summary: sampleSummary(patch),
      etag: 'W/"2"',
      foundAfter: [
        expect.objectContaining({ status: 503 }),
        expect.objectContaining({ status: 412, code: "PreconditionFailed" }),
      ],
      foundBy: "values",
    });
    expect(server.count("PATCH")).toBe(2);
  });

  test("without failures where the response came", async () => {
    const server = await serveSummary(({ proceed }) => proceed());
    expect(await clientOf(server).update(appId, patch, { ifMatch })).not.toHaveProperty("foundAfter");
  });
});

describe("a change that was not applied", () => {
  test("is sent once more under the same guard", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH" && exchange.before === 0) exchange.drop();
      else exchange.proceed();
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toEqual({
      summary: sampleSummary(patch),
      etag: 'W/"2"',
      requestId: expect.any(String),
    });
    const patches = server.requests.filter(({ method }) => method === "PATCH");
    expect(patches.map(({ headers }) => headers["if-match"])).toEqual([ifMatch, ifMatch]);
    expect(patches.map(({ body }) => body)).toEqual([JSON.stringify(patch), JSON.stringify(patch)]);
  });

  test("is returned as applied where the first request arrives late, and counts once", async () => {
    let late: Exchange | undefined;
    const server = await serveSummary(
      withoutRecord((exchange) => {
        if (exchange.request.method === "PATCH" && exchange.before === 0) {
          late = exchange;
          exchange.drop();
          return;
        }
        if (exchange.request.method === "PATCH") late?.commit();
        exchange.proceed();
      }),
    );
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toEqual({
      summary: sampleSummary(patch),
      etag: 'W/"2"',
      foundAfter: [
        expect.objectContaining({ name: "NetworkError" }),
        expect.objectContaining({ code: "PreconditionFailed" }),
      ],
      foundBy: "values",
    });
    expect(server.current().version).toBe(2);
  });

  test("is not sent a third time: it is not applied so far", async () => {
    const server = await serveSummary(dropPatches);
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
    expect(error).toBeInstanceOf(UnconfirmedChangeError);
    expect(error).toMatchObject({
      outcome: "notApplied",
      isGuarded: true,
      current: { summary: sampleSummary(), etag: ifMatch },
      cause: { name: "NetworkError" },
      message: `The change of ${appId} was not confirmed. ${broken} Its values are not there: it was not applied so far. Sent again with the same ETag it counts once.`,
    });
    expect(server.count("PATCH")).toBe(2);
  });

  test.each([
    ["without a guard", {}],
    ["guarded by any version", { ifMatch: "*" }],
    ["guarded by several versions", { ifMatch: 'W/"1", W/"2"' }],
  ])(
    "is not sent again %s: it could be applied twice, over what others wrote in between",
    async (_what, guard) => {
      const server = await serveSummary(dropPatches);
      const error = await failure(clientOf(server).update(appId, patch, guard));
      expect(error).toMatchObject({
        name: "UnconfirmedChangeError",
        outcome: "notApplied",
        isGuarded: false,
      });
      expect(server.count("PATCH")).toBe(1);
    },
  );

  test("is overtaken where the version that guards it is gone", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      if (exchange.before === 0) change({ failedDeviceCount: 350 });
      exchange.drop();
    });
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
    expect(isUnconfirmedChangeError(error)).toBe(true);
    expect(error).toMatchObject({
      outcome: "overtaken",
      current: { summary: sampleSummary({ failedDeviceCount: 350 }), etag: 'W/"2"' },
    });
    expect(String(error)).toContain('W/"2"');
    expect(server.count("PATCH")).toBe(2);
  });

  test("is not sent to a store that was made anew, whose version of that number has other values", async () => {
    const made = { summary: sampleSummary({ installedDeviceCount: 7 }), etag: ifMatch };
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH") exchange.drop();
      else if (server.count("PATCH") === 0) exchange.proceed();
      else sendJson(exchange.response, 200, { "@odata.etag": made.etag, ...made.summary });
    });
    const client = clientOf(server);
    const overtaken = { name: "UnconfirmedChangeError", outcome: "overtaken", current: made };
    const base = sampleSummary();
    expect(await failure(client.update(appId, patch, { ifMatch, base }))).toMatchObject(overtaken);
    expect(server.count("PATCH")).toBe(1);
    expect(
      await failure(client.edit(appId, () => patch, { base: { summary: base, etag: ifMatch } })),
    ).toMatchObject(overtaken);
    expect(server.count("PATCH")).toBe(2);
  });

  test("is overtaken where someone else changes the summary before it is sent again, and no log tells", async () => {
    const server = await serveSummary(changedBeforeSecond);
    expect(await failure(clientOf(server).update(appId, patch, { ifMatch }))).toMatchObject({
      outcome: "overtaken",
      failures: [{ name: "NetworkError" }, { status: 412, notApplied: true }],
    });
  });

  test("is overtaken where the server does not look that up", async () => {
    const server = await serveSummary(withoutRecord(changedBeforeSecond));
    expect(await failure(clientOf(server).update(appId, patch, { ifMatch }))).toMatchObject({
      outcome: "overtaken",
      failures: [{ name: "NetworkError" }, { code: "PreconditionFailed" }],
    });
  });
});

describe("where the summary cannot be read either", () => {
  test("the outcome is unknown, and both failures are told", async () => {
    const server = await serveSummary(({ drop }) => drop());
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "unknown",
      current: undefined,
      failures: [{ name: "NetworkError" }],
      readFailure: { name: "NetworkError" },
      message: `The change of ${appId} was not confirmed. ${broken} What became of it could not be read either, so it is not known whether the change was applied. ${broken}`,
    });
    expect(server.count("PATCH")).toBe(1);
    expect(server.count("GET")).toBe(1);
  });

  test("a 412 to the second request leaves the outcome of the first one unknown", async () => {
    const server = await serveSummary(
      withoutRecord((exchange, { change }) => {
        if (exchange.request.method === "PATCH" && exchange.before === 1) {
          change({ failedUserCount: 0 });
          exchange.proceed();
        } else if (exchange.request.method === "GET" && exchange.before === 0) exchange.proceed();
        else exchange.drop();
      }),
    );
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({
      outcome: "unknown",
      failures: [{ name: "NetworkError" }, { code: "PreconditionFailed" }],
    });
  });

  test("reading is tried as often as the option says", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH") exchange.commit();
      if (exchange.request.method === "GET" && exchange.before === 2) exchange.proceed();
      else exchange.drop();
    });
    expect(await clientOf(server).update(appId, patch)).toHaveProperty("foundAfter");
    expect(server.count("GET")).toBe(3);
  });

  test("after it was found and sent again to be certain, what was found stands", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH") exchange.commit();
      // The second GET asks for the log.
      if (exchange.request.method === "GET" && exchange.before <= 1) exchange.proceed();
      else exchange.drop();
    });
    const updated = await clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch });
    expect(updated).toMatchObject({ summary: sampleSummary(patch), etag: 'W/"2"' });
    expect(updated.foundAfter).toHaveLength(2);
    expect([server.count("PATCH"), server.count("GET")]).toEqual([2, 3]);
  });
});

describe.each([
  [408, "RequestTimeout"],
  [500, "InternalServerError"],
  [507, "InsufficientStorage"],
  [520, "UnknownError"],
])("a %i", (status, code) => {
  test("is found to have been applied all the same", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      exchange.commit();
      sendJson(exchange.response, status, graphBody(code));
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toHaveProperty("foundAfter");
    expect(server.count("PATCH")).toBe(1);
  });

  test("is told with the server's words where nothing was applied, and nothing is sent again", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH") {
        sendJson(exchange.response, status, graphBody(code), { "request-id": "abc-123" });
      } else exchange.proceed();
    });
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({
      outcome: "notApplied",
      cause: { status, code, message: "No." },
      requestId: "abc-123",
      message: expect.stringContaining(`The server responded ${status}: No.`),
    });
    expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
  });
});

test.each([400, 403, 404, 413, 428])("a %i is a refusal: nothing is read", async (status) => {
  const server = await serveSummary(({ response }) => sendJson(response, status, graphBody("Refused")));
  const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
  expect(error).toMatchObject({ status, code: "Refused" });
  expect(server.requests).toHaveLength(1);
});

test("an unguarded change whose values are not there may have been applied and changed again", async () => {
  const server = await serveSummary((exchange, { change }) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    exchange.commit();
    change({ failedDeviceCount: 3 });
    exchange.drop();
  });
  const error = await failure(clientOf(server).update(appId, patch));
  expect(error).toMatchObject({
    outcome: "notApplied",
    message: `The change of ${appId} was not confirmed. ${broken} Its values are not there now: it was not applied, or was changed again since.`,
  });
});

describe("a 503 that stays", () => {
  test.each([
    ["with a guard", { ifMatch }],
    ["without one", {}],
  ])("is found to have been applied all the same, %s", async (_what, guard) => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      exchange.commit();
      busy(exchange);
    });
    expect(await clientOf(server, { retry: 0 }).update(appId, patch, guard)).toEqual({
      summary: sampleSummary(patch),
      etag: 'W/"2"',
      foundAfter: [expect.objectContaining({ status: 503 })],
      foundBy: "values",
    });
  });

  test("is told as not applied so far where nothing was applied, and nothing is sent again", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH") busy(exchange);
      else exchange.proceed();
    });
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({
      outcome: "notApplied",
      cause: { status: 503, code: "ServiceUnavailable", retryAfter: 0 },
    });
    expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
  });

  test("is overtaken where someone else has changed the summary since: it may have been applied before", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      change({ failedDeviceCount: 350 });
      busy(exchange);
    });
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ outcome: "overtaken", cause: { status: 503 } });
  });

  test("has an unknown outcome where the summary cannot be read either", async () => {
    const server = await serveSummary(busy);
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ outcome: "unknown", cause: { status: 503 } });
  });

  test("is thrown at once by sendOnce, which leaves the rest to its caller", async () => {
    const server = await serveSummary(busy);
    const sending = clientOf(server).sendOnce(appId, patch, { ifMatch });
    expect(await failure(sending)).toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(1);
  });
});

test("a gateway that asks for a long wait is read without waiting for it", async () => {
  const server = await serveSummary(({ response }) => {
    sendJson(response, 504, graphBody("GatewayTimeout"), { "retry-after": "120" });
  });
  const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
  expect(error).toMatchObject({ outcome: "unknown", cause: { status: 504, retryAfter: 120 } });
  expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
});

test("a signal ends the look, with its own reason", async () => {
  const stop = new AbortController();
  const server = await serveSummary((exchange) => {
    exchange.drop();
    if (exchange.request.method === "GET") stop.abort(new Error("enough"));
  });
  const updating = clientOf(server).update(appId, patch, { ifMatch, signal: stop.signal });
  expect(String(await failure(updating))).toContain("enough");
  expect(server.count("PATCH")).toBe(1);
});

test("a change that its signal has ended is not looked for", async () => {
  const stop = new AbortController();
  const server = await serveSummary(() => stop.abort(new Error("enough")));
  const updating = clientOf(server).update(appId, patch, { ifMatch, signal: stop.signal });
  expect(String(await failure(updating))).toContain("enough");
  expect(server.requests).toHaveLength(1);
});

describe("a change that was acknowledged is never told as refused", () => {
  test.each<[string, (exchange: Exchange) => void, object]>([
    ["cannot be read", ({ drop }) => drop(), { name: "NetworkError" }],
    [
      "may not be read",
      ({ response }) => sendJson(response, 403, graphBody("Forbidden")),
      { name: "GraphError", status: 403 },
    ],
  ])("where the summary %s after a 204", async (_what, refuse, cause) => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "GET") return refuse(exchange);
      exchange.commit();
      exchange.response.writeHead(204).end();
    });
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ name: "ClientError", code: "ChangeNotRead", cause });
    expect(String(error)).toContain("returned 204: the change was made.");
    expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
  });

  test.each([
    ["nothing", ""],
    ["another resource", { ...sampleSummary(), id: "06a792e9-92e9-06a7-e992-a706e992a707" }],
    ["a summary without counters", { id: appId }],
  ])("where the response holds %s", async (_what, body) => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      exchange.commit();
      sendJson(exchange.response, 200, body);
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toHaveProperty("foundAfter");
    expect(server.count("PATCH")).toBe(2);
  });
});

test("a success from a sign-in page in between is not believed: the change is looked for, and sent once more", async () => {
  const server = await serveSummary((exchange) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    exchange.response.writeHead(200, { "content-type": "text/html" }).end("<h1>Sign in</h1>");
  });
  const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
  expect(error).toMatchObject({ outcome: "notApplied", cause: { code: "InvalidResponse" } });
  expect(server.count("PATCH")).toBe(2);
});

describe("a change that was applied behind a 503 is found, whatever comes when it is sent again:", () => {
  test.each([401, 403, 404, 409, 412, 428, 429, 500])("%i", async (status) => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH" || exchange.before === 0) return commitBehind503(exchange);
      sendJson(exchange.response, status, graphBody(status === 412 ? "PreconditionFailed" : "Refused"));
    });
    const found = await clientOf(server, { retry: 1 }).update(appId, patch, { ifMatch });
    expect(found).toEqual({
      summary: sampleSummary(patch),
      etag: 'W/"2"',
      foundAfter: [expect.objectContaining({ status: 503 }), expect.objectContaining({ status })],
      foundBy: "values",
    });
  });

  test("no token", async () => {
    const server = await serveSummary(commitBehind503);
    let asked = 0;
    const token = (): string => {
      asked += 1;
      if (asked === 2) throw new Error("no login");
      return "secret";
    };
    const found = await clientOf(server, { token }).update(appId, patch, { ifMatch });
    expect(found).toHaveProperty("foundAfter");
  });

  test("no response at all", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH" || exchange.before === 0) return commitBehind503(exchange);
      exchange.drop();
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toHaveProperty("foundAfter");
  });

  test("and one that was not applied is not applied so far where the second request gets no response", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      if (exchange.before % 2 === 0) return busy(exchange);
      exchange.drop();
    });
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({
      outcome: "notApplied",
      cause: { name: "NetworkError" },
    });
  });

  test("and one that was not applied is told with both responses, never as refused", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      if (exchange.before === 0) return busy(exchange);
      sendJson(exchange.response, 403, graphBody("Forbidden"));
    });
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({
      outcome: "notApplied",
      failures: [{ status: 503 }, { status: 403, code: "Forbidden" }],
    });
    expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "PATCH", "GET"]);
  });
});

test("after a lost response a refusal of the second request says nothing about the first one", async () => {
  const server = await serveSummary((exchange) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    if (exchange.before === 0) return exchange.drop();
    exchange.commit();
    sendJson(exchange.response, 403, graphBody("Forbidden"));
  });
  expect(await clientOf(server).update(appId, patch, { ifMatch })).toHaveProperty("foundAfter");
});

test("a 412 after a 429 is a refusal: the first request was never processed", async () => {
  const server = await serveSummary((exchange, { change }) => {
    if (exchange.before > 0) return exchange.proceed();
    change({ failedDeviceCount: 350 });
    sendJson(exchange.response, 429, graphBody("TooManyRequests"), { "retry-after": "0" });
  });
  const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
  expect(error).toMatchObject({ status: 412, code: "PreconditionFailed" });
});

function commitBehind503(exchange: Exchange): void {
  if (exchange.request.method !== "PATCH" || exchange.before > 0) return exchange.proceed();
  exchange.commit();
  busy(exchange);
}

function busy({ response }: Exchange): void {
  sendJson(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
}

function dropPatches({ request, proceed, drop }: Exchange): void {
  if (request.method === "PATCH") drop();
  else proceed();
}

test("every request of one change carries the same client-request-id, and every change another one", async () => {
  const server = await serveSummary(commitBehind503);
  await clientOf(server).update(appId, patch, { ifMatch });
  await clientOf(server).update(appId, { failedDeviceCount: 7 }, { clientRequestId: "mine" });
  const ids = server.requests
    .filter(({ method }) => method === "PATCH")
    .map(({ headers }) => headers["client-request-id"]);
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/), ids[0], "mine"]);
});

test("onStep gets frozen copies: what it does to them changes nothing that is sent or judged", async () => {
  const server = await serveSummary((exchange) => {
    if (exchange.request.method !== "PATCH" || exchange.before > 0) return exchange.proceed();
    sendJson(exchange.response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
  });
  const frozen: unknown[] = [];
  const { summary } = await clientOf(server).update(
    appId,
    { failedDeviceCount: 0 },
    {
      onStep: ({ state }) => {
        const { change, limits, failures } = state;
        for (const kept of [state, change, change.patch, limits, failures])
          frozen.push(Object.isFrozen(kept));
      },
    },
  );
  expect(frozen).toEqual([true, true, true, true, true]);
  expect(summary).toEqual(sampleSummary({ failedDeviceCount: 0 }));
});

test("onStep tells what failed, what follows, and when", async () => {
  const server = await serveSummary((exchange) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    exchange.commit();
    if (exchange.before === 0) busy(exchange);
    else exchange.drop();
  });
  const steps: unknown[] = [];
  await clientOf(server).update(appId, patch, {
    ifMatch,
    onStep: (step) => steps.push([step.kind, step.state.failures.at(-1)?.status]),
  });
  expect(steps).toEqual([
    ["send", 503],
    ["look", undefined],
    ["send", undefined],
    ["look", undefined],
    ["done", undefined],
  ]);
});

test("a change that could not be sent is refused, and nothing is read", async () => {
  const baseUrl = `${await deadOrigin()}/beta`;
  const error = await failure(clientOf({ baseUrl }).update(appId, patch, { ifMatch }));
  expect(error).toMatchObject({ name: "NetworkError" });
});

test("a fetch function with errors of its own leaves the outcome open", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  let patches = 0;
  const client = clientOf(server, {
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (!(input instanceof Request) || input.method !== "PATCH") return response;
      patches += 1;
      throw new Error("socket hang up");
    },
  });
  expect(await client.update(appId, patch, { ifMatch })).toHaveProperty("foundAfter");
  expect(patches).toBe(2);
});

function changedBeforeSecond(exchange: Exchange, { change }: SummaryServer): void {
  if (exchange.request.method !== "PATCH") return exchange.proceed();
  if (exchange.before === 0) return exchange.drop();
  change({ failedDeviceCount: 350 });
  exchange.proceed();
}
