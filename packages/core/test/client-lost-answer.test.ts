import { describe, expect, test } from "vitest";
import { isLostAnswerError, LostAnswerError } from "../src/client/index.ts";
import { clientOf, failure, graphBody } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary, type Exchange } from "./serve-summary.ts";
import { answer } from "./serve.ts";

const patch = { failedDeviceCount: 0 };
const ifMatch = 'W/"1"';

describe("a change that was applied is given as such", () => {
  test.each<[string, (exchange: Exchange) => void]>([
    ["the connection drops", ({ drop }) => drop()],
    ["no answer comes in time", () => undefined],
    ["a gateway says 502", ({ response }) => answer(response, 502, graphBody("BadGateway"))],
    ["a gateway says 504", ({ response }) => answer(response, 504, graphBody("GatewayTimeout"))],
  ])("where %s", async (_what, lose) => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      exchange.commit();
      lose(exchange);
    });
    const client = clientOf(server, { timeout: 200 });
    const now = { summary: sampleSummary(patch), etag: 'W/"2"', wasLost: true };
    expect(await client.update(appId, patch, { ifMatch })).toEqual(now);
    expect(await client.update(appId, patch)).toEqual(now);
    expect(server.count("PATCH")).toBe(2);
  });

  test("also where others have changed other counters since", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      exchange.commit();
      change({ installedDeviceCount: 7 });
      exchange.drop();
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toEqual({
      summary: sampleSummary({ ...patch, installedDeviceCount: 7 }),
      etag: 'W/"3"',
      wasLost: true,
    });
  });

  test("where a gateway says 503, and the repetition meets the version that the change itself made", async () => {
    const server = await serveSummary(commitBehind503);
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toEqual({
      summary: sampleSummary(patch),
      etag: 'W/"2"',
      wasLost: true,
    });
    expect(server.count("PATCH")).toBe(2);
  });

  test("without a word of it where the answer came", async () => {
    const server = await serveSummary(({ proceed }) => proceed());
    expect(await clientOf(server).update(appId, patch, { ifMatch })).not.toHaveProperty("wasLost");
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
    });
    const patches = server.requests.filter(({ method }) => method === "PATCH");
    expect(patches.map(({ headers }) => headers["if-match"])).toEqual([ifMatch, ifMatch]);
    expect(patches.map(({ body }) => body)).toEqual([JSON.stringify(patch), JSON.stringify(patch)]);
  });

  test("is given as applied where the first one arrives late, and counts once", async () => {
    let late: Exchange | undefined;
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH" && exchange.before === 0) {
        late = exchange;
        exchange.drop();
        return;
      }
      if (exchange.request.method === "PATCH") late?.commit();
      exchange.proceed();
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toEqual({
      summary: sampleSummary(patch),
      etag: 'W/"2"',
      wasLost: true,
    });
    expect(server.current().version).toBe(2);
  });

  test("is not sent a third time: it is open", async () => {
    const server = await serveSummary(dropPatches);
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
    expect(error).toBeInstanceOf(LostAnswerError);
    expect(error).toMatchObject({
      outcome: "open",
      current: { summary: sampleSummary(), etag: ifMatch },
      cause: { name: "NetworkError" },
      message: `The change of ${appId} was not confirmed, and its values are not there: it was not applied so far.`,
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
      expect(error).toMatchObject({ name: "LostAnswerError", outcome: "open" });
      expect(server.count("PATCH")).toBe(1);
    },
  );

  test("conflicts where the version that guards it is gone", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      change({ failedDeviceCount: 350 });
      exchange.drop();
    });
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
    expect(isLostAnswerError(error)).toBe(true);
    expect(error).toMatchObject({
      outcome: "conflicting",
      current: { summary: sampleSummary({ failedDeviceCount: 350 }), etag: 'W/"2"' },
    });
    expect(String(error)).toContain('W/"2"');
    expect(server.count("PATCH")).toBe(1);
  });

  test("conflicts where others were faster than the second try", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      if (exchange.before === 0) return exchange.drop();
      change({ failedDeviceCount: 350 });
      exchange.proceed();
    });
    expect(await failure(clientOf(server).update(appId, patch, { ifMatch }))).toMatchObject({
      outcome: "conflicting",
      cause: { name: "NetworkError" },
    });
  });
});

describe("where the summary cannot be read either", () => {
  test("what lost the answer is thrown: nobody knows", async () => {
    const server = await serveSummary(({ drop }) => drop());
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ name: "NetworkError" });
    expect(server.count("PATCH")).toBe(1);
    expect(server.count("GET")).toBe(1);
  });

  test("a 412 to the second try is no answer to the change", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH" && exchange.before === 1) {
        change({ failedUserCount: 0 });
        exchange.proceed();
      } else if (exchange.request.method === "GET" && exchange.before === 0) exchange.proceed();
      else exchange.drop();
    });
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ name: "NetworkError" });
  });

  test("it is tried as often as any read", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH") exchange.commit();
      if (exchange.request.method === "GET" && exchange.before === 2) exchange.proceed();
      else exchange.drop();
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toMatchObject({ wasLost: true });
    expect(server.count("GET")).toBe(3);
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
      answer(exchange.response, status, graphBody(code));
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toMatchObject({ wasLost: true });
    expect(server.count("PATCH")).toBe(1);
  });

  test("is given as it is where nothing was applied, and nothing is sent again", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH") answer(exchange.response, status, graphBody(code));
      else exchange.proceed();
    });
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ status, code });
    expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
  });
});

test.each([400, 403, 404, 413, 428])("a %i is a refusal: nothing is read", async (status) => {
  const server = await serveSummary(({ response }) => answer(response, status, graphBody("Refused")));
  const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
  expect(error).toMatchObject({ status, code: "Refused" });
  expect(server.requests).toHaveLength(1);
});

test("an open change without a guard may have been applied and changed again: nothing else is said", async () => {
  const server = await serveSummary((exchange, { change }) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    exchange.commit();
    change({ failedDeviceCount: 3 });
    exchange.drop();
  });
  const error = await failure(clientOf(server).update(appId, patch));
  expect(error).toMatchObject({
    outcome: "open",
    message: `The change of ${appId} was not confirmed, and its values are not there now: it was not applied, or has been changed again since.`,
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
      wasLost: true,
    });
  });

  test("is thrown as the refusal that it is where nothing was applied, and nothing is sent again", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH") busy(exchange);
      else exchange.proceed();
    });
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ status: 503, code: "ServiceUnavailable", retryAfter: 0 });
    expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
  });

  test("conflicts where others have changed the version since: it may have been applied before", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      change({ failedDeviceCount: 350 });
      busy(exchange);
    });
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ name: "LostAnswerError", outcome: "conflicting", cause: { status: 503 } });
  });

  test("is thrown where nothing can be read either", async () => {
    const server = await serveSummary(busy);
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ status: 503 });
  });

  test("is thrown at once to callers that find out by themselves", async () => {
    const server = await serveSummary(busy);
    const updating = clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch, lostAnswer: "throw" });
    expect(await failure(updating)).toMatchObject({ status: 503 });
    expect(server.requests).toHaveLength(1);
  });
});

test("a gateway that asks to wait for long is read from once, and its answer thrown where that fails", async () => {
  const server = await serveSummary(({ response }) => {
    answer(response, 504, graphBody("GatewayTimeout"), { "retry-after": "120" });
  });
  const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
  expect(error).toMatchObject({ status: 504, retryAfter: 120 });
  expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
});

test("a signal ends the settling, with its own reason", async () => {
  const stop = new AbortController();
  const server = await serveSummary((exchange) => {
    exchange.drop();
    if (exchange.request.method === "GET") stop.abort(new Error("enough"));
  });
  const updating = clientOf(server).update(appId, patch, { ifMatch, signal: stop.signal });
  expect(String(await failure(updating))).toContain("enough");
  expect(server.count("PATCH")).toBe(1);
});

test("a change that was given up is not looked for", async () => {
  const stop = new AbortController();
  const server = await serveSummary(() => stop.abort(new Error("enough")));
  const updating = clientOf(server).update(appId, patch, { ifMatch, signal: stop.signal });
  expect(String(await failure(updating))).toContain("enough");
  expect(server.requests).toHaveLength(1);
});

describe("a change that was acknowledged is never told as a refusal", () => {
  test.each<[string, (exchange: Exchange) => void, object]>([
    ["cannot be read", ({ drop }) => drop(), { name: "NetworkError" }],
    [
      "may not be read",
      ({ response }) => answer(response, 403, graphBody("Forbidden")),
      { name: "GraphError", status: 403 },
    ],
  ])("where the summary %s after a 204", async (_what, refuse, cause) => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "GET") return refuse(exchange);
      exchange.commit();
      exchange.response.writeHead(204).end();
    });
    const error = await failure(clientOf(server, { retry: 0 }).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ status: 502, code: "InvalidAnswer", cause });
    expect(String(error)).toContain("was answered with 204: the change was made.");
    expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET", "GET"]);
  });

  test.each([
    ["nothing", ""],
    ["another resource", { ...sampleSummary(), id: "06a792e9-92e9-06a7-e992-a706e992a707" }],
    ["a summary without counters", { id: appId }],
  ])("where the answer holds %s", async (_what, body) => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      exchange.commit();
      answer(exchange.response, 200, body);
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toMatchObject({ wasLost: true });
    expect(server.count("PATCH")).toBe(1);
  });
});

test("a success of somebody in between is none: the change is looked for, and sent once more", async () => {
  const server = await serveSummary((exchange) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    exchange.response.writeHead(200, { "content-type": "text/html" }).end("<h1>Sign in</h1>");
  });
  const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
  expect(error).toMatchObject({ outcome: "open", cause: { code: "InvalidAnswer" } });
  expect(server.count("PATCH")).toBe(2);
});

describe("a change that was applied behind a 503 is found, whatever comes when it is sent again:", () => {
  test.each([401, 403, 404, 409, 412, 428, 429, 500])("%i", async (status) => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH" || exchange.before === 0) return commitBehind503(exchange);
      answer(exchange.response, status, graphBody(status === 412 ? "PreconditionFailed" : "Refused"));
    });
    const found = await clientOf(server, { retry: 1 }).update(appId, patch, { ifMatch });
    expect(found).toEqual({ summary: sampleSummary(patch), etag: 'W/"2"', wasLost: true });
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
    expect(found).toMatchObject({ wasLost: true });
  });

  test("no answer at all", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH" || exchange.before === 0) return commitBehind503(exchange);
      exchange.drop();
    });
    expect(await clientOf(server).update(appId, patch, { ifMatch })).toMatchObject({ wasLost: true });
  });

  test("and what was not applied and then lost is open", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      if (exchange.before % 2 === 0) return busy(exchange);
      exchange.drop();
    });
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({
      name: "LostAnswerError",
      outcome: "open",
      cause: { name: "NetworkError" },
    });
  });

  test("and what was not applied is refused by that answer", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      if (exchange.before === 0) return busy(exchange);
      answer(exchange.response, 403, graphBody("Forbidden"));
    });
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch }));
    expect(error).toMatchObject({ status: 403, code: "Forbidden" });
    expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "PATCH", "GET"]);
  });
});

test("after a lost answer a refusal of the second try tells nothing of the first one", async () => {
  const server = await serveSummary((exchange) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    if (exchange.before === 0) return exchange.drop();
    exchange.commit();
    answer(exchange.response, 403, graphBody("Forbidden"));
  });
  expect(await clientOf(server).update(appId, patch, { ifMatch })).toMatchObject({ wasLost: true });
});

test("a 412 to what was repeated after a 503 is no refusal, also for callers that find out by themselves", async () => {
  const server = await serveSummary(commitBehind503);
  const updating = clientOf(server).update(appId, patch, { ifMatch, lostAnswer: "throw" });
  expect(await failure(updating)).toMatchObject({ status: 504, code: "AnswerLost" });
});

test("a 412 to what was repeated after a 429 is a refusal: the first one was never looked at", async () => {
  const server = await serveSummary((exchange, { change }) => {
    if (exchange.before > 0) return exchange.proceed();
    change({ failedDeviceCount: 350 });
    answer(exchange.response, 429, graphBody("TooManyRequests"), { "retry-after": "0" });
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
  answer(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
}

function dropPatches({ request, proceed, drop }: Exchange): void {
  if (request.method === "PATCH") drop();
  else proceed();
}
