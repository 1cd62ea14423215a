import { describe, expect, test } from "vitest";
import { randomChangeId } from "../src/client/index.ts";
import type { InstallSummaryPatch } from "../src/index.ts";
import { clientOf, failure, graphBody } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary, type Exchange, type SummaryServer } from "./serve-summary.ts";
import { sendJson, type SeenRequest } from "./serve.ts";

// What became of a change that no response confirmed, told by the log of a server.

const ifMatch = 'W/"1"';
const mine = "11111111-1111-4111-8111-111111111111";
const add = { failedDeviceCount: { add: 3 } };

const values = { failedDeviceCount: 4 };
const sent = { ifMatch, clientRequestId: mine, patch: values };

function logged(version: number, clientRequestId: string | undefined, after: InstallSummaryPatch = values) {
  return {
    cursor: `c${version}`,
    appId,
    displayName: "App",
    version,
    changedAt: "2026-09-30T13:47:10.123Z",
    actor: "ada",
    origin: "api",
    requestId: `request-${version}`,
    ...(clientRequestId !== undefined && { clientRequestId }),
    mine: true,
    before: {},
    after,
  };
}

/** A change of someone else. */
function theirs(version: number, clientRequestId: string | undefined = "another") {
  const { mine: _, ...change } = logged(version, clientRequestId);
  return change;
}

interface Logging {
  /** The changes, the latest first. */
  readonly log: readonly ReturnType<typeof theirs>[];
  /** The id that the log is answered with; by default that of the request. */
  readonly echoes?: string;
  /** What becomes of a request of the log; by default it is answered. */
  readonly ask?: (exchange: Exchange) => void;
  /** What becomes of a change. */
  readonly patch: (exchange: Exchange, server: SummaryServer) => void;
  /** What becomes of a patch of nothing; by default what the server responds. */
  readonly nothing?: (exchange: Exchange) => void;
}

/** A server whose log can be read. */
function serveLogged({ log, echoes, ask, patch, nothing }: Logging): Promise<SummaryServer> {
  return serveSummary((exchange, server) => {
    const { request, response } = exchange;
    if (isOfNothing(request)) return (nothing ?? exchange.proceed)(exchange);
    if (request.method === "PATCH") return patch(exchange, server);
    if (!request.url.startsWith("/api/changes")) return exchange.proceed();
    if (ask !== undefined) return ask(exchange);
    const id = echoes ?? String(request.headers["client-request-id"]);
    const query = new URL(request.url, "http://localhost").searchParams;
    const from = Number(query.get("after") ?? 0);
    const to = from + Number(query.get("top"));
    const page = { value: log.slice(from, to), ...(to < log.length && { next: String(to) }) };
    sendJson(response, 200, page, { "client-request-id": id });
  });
}

function isOfNothing({ method, body }: SeenRequest): boolean {
  return method === "PATCH" && body.trim() === "{}";
}

/** How often a change was sent. */
function sends({ requests }: SummaryServer): number {
  return requests.filter((request) => request.method === "PATCH" && !isOfNothing(request)).length;
}

describe("a change whose response is lost, and which cannot be sent again,", () => {
  test("was applied where the log says so, whatever others have made of it since", async () => {
    const server = await serveLogged({
      log: [theirs(3, undefined), logged(2, mine)],
      patch(exchange, { change }) {
        if (exchange.before === 0) {
          exchange.commit();
          change({ failedDeviceCount: 9 });
        }
        exchange.drop();
      },
    });
    const client = clientOf(server);
    expect(await client.update(appId, values, { ifMatch, clientRequestId: mine })).toEqual({
      summary: sampleSummary({ failedDeviceCount: 9 }),
      etag: 'W/"3"',
      foundAfter: [expect.objectContaining({ name: "NetworkError" })],
      foundBy: "log",
    });
    expect(sends(server)).toBe(1);
  });

  test("was not applied where another change followed its version, also one to the same values", async () => {
    const server = await serveLogged({
      log: [theirs(2)],
      patch(exchange, { change }) {
        if (exchange.before === 0) change({ failedDeviceCount: 4 });
        exchange.drop();
      },
    });
    const error = await failure(clientOf(server).update(appId, { failedDeviceCount: 4 }, { ifMatch }));
    expect(error).toMatchObject({
      status: 412,
      code: "PreconditionFailed",
      notApplied: true,
      currentETag: 'W/"2"',
      message:
        'Someone else has changed the summary before this change arrived, so it was not applied. It is W/"2" now.',
    });
    expect(sends(server)).toBe(1);
  });
});

test.each([
  ["someone else", theirs(2)],
  ["another program of the same account", logged(2, randomChangeId())],
])("an amount that never arrived is added to an equal one of %s", async (_, other) => {
  const server = await serveLogged({
    log: [other],
    patch(exchange, { change }) {
      if (exchange.before > 0) return exchange.proceed();
      change({ failedDeviceCount: 4 });
      exchange.drop();
    },
  });
  const edited = await clientOf(server).edit(appId, () => add);
  expect(edited).toMatchObject({ summary: { failedDeviceCount: 7 }, etag: 'W/"3"' });
  expect(edited).not.toHaveProperty("foundAfter");
});

test.each<[string, readonly ReturnType<typeof theirs>[], object]>([
  [
    "it was applied: a success would hide the error",
    [theirs(3), logged(2, mine)],
    { name: "UnconfirmedChangeError", outcome: "overtaken", cause: { message: "The window is closed" } },
  ],
  [
    "it was not applied: no change is open",
    [theirs(3), theirs(2)],
    { name: "Error", message: "The window is closed" },
  ],
])("what onStep throws is told where the log says that %s", async (_what, log, told) => {
  const server = await serveLogged({
    log,
    patch(exchange, { change }) {
      exchange.commit();
      change({ failedDeviceCount: 9 });
      exchange.drop();
    },
  });
  const options = {
    ifMatch,
    clientRequestId: mine,
    onStep(): never {
      throw new Error("The window is closed");
    },
  };
  const error = await failure(clientOf(server).update(appId, values, options));
  expect(error).toMatchObject(told);
  expect(sends(server)).toBe(1);
});

test("an amount that never arrived is open beside an equal one of the same account", async () => {
  const server = await serveLogged({
    log: [logged(2, "equal")],
    patch(exchange, { change }) {
      if (exchange.before === 0) change({ failedDeviceCount: 4 });
      exchange.drop();
    },
  });
  expect(await failure(clientOf(server).edit(appId, () => add))).toMatchObject({
    name: "UnconfirmedChangeError",
    outcome: "unknown",
    current: { summary: { failedDeviceCount: 4 }, etag: 'W/"2"' },
    message: expect.stringContaining(
      "Its values are there, perhaps by another equal change, so it is not known",
    ),
  });
  expect(server.current()).toMatchObject({ version: 2, summary: { failedDeviceCount: 4 } });
  expect(sends(server)).toBe(1);
});

test("one amount among values is open too, and values alone count as applied, beside the same of the same account", async () => {
  const lose: Logging = {
    log: [logged(2, "equal", { failedDeviceCount: 4, installedDeviceCount: 9 })],
    patch(exchange, { change }) {
      if (exchange.before === 0) change({ failedDeviceCount: 4, installedDeviceCount: 9 });
      exchange.drop();
    },
  };
  const mixed = { ...add, installedDeviceCount: 9 };
  expect(await failure(clientOf(await serveLogged(lose)).edit(appId, () => mixed))).toMatchObject({
    outcome: "unknown",
  });
  const absolute = { ...values, installedDeviceCount: 9 };
  for (const call of ["edit", "update"] as const) {
    const client = clientOf(await serveLogged(lose));
    const made =
      call === "edit" ? client.edit(appId, () => absolute) : client.update(appId, absolute, { ifMatch });
    expect(await made).toMatchObject({ summary: absolute, foundBy: "values" });
  }
});

test.each([
  ["has it", mine, "log"],
  ["tells nothing", undefined, "values"],
])("an edit that was applied and then refused is open only until the log %s", async (_, id, foundBy) => {
  const server = await serveLogged({
    log: id === undefined ? [] : [logged(2, id)],
    patch(exchange) {
      if (exchange.before > 0) return sendJson(exchange.response, 412, graphBody("PreconditionFailed"));
      exchange.commit();
      sendJson(exchange.response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
    },
  });
  const edited = await clientOf(server).edit(appId, () => add, { clientRequestId: mine });
  expect(edited).toMatchObject({
    summary: { failedDeviceCount: 4 },
    foundAfter: [{ status: 503 }, { status: 412 }],
    foundBy,
  });
});

test("an amount that was added behind a gateway with ids of its own is not added again", async () => {
  const server = await serveLogged({
    log: [logged(2, "gateway-0")],
    echoes: "gateway-1",
    patch(exchange) {
      exchange.commit();
      exchange.drop();
    },
  });
  expect(await clientOf(server).edit(appId, () => add)).toMatchObject({
    summary: { failedDeviceCount: 4 },
    foundAfter: [{ name: "NetworkError" }, { name: "NetworkError" }],
  });
});

type Gateway = readonly [what: string, pass: (exchange: Exchange) => void];

/** Gateways that pass reads as they are, and give writes another id. */
const gatewaysWithIds: readonly Gateway[] = [
  ["replaces the ids of writes", withId((before) => `gateway-${before}`)],
  ["takes the ids of writes away", withId(() => undefined)],
  ["gives all writes one id", withId(() => "gateway")],
];

/** Those behind which no write tells which id has arrived. */
const gatewaysWithoutAnswers: readonly Gateway[] = [
  ["takes the guards of writes away", without("if-match")],
  [
    "refuses writes by itself",
    ({ response, request }) =>
      sendJson(response, 412, graphBody("PreconditionFailed"), {
        "client-request-id": String(request.headers["client-request-id"]),
      }),
  ],
];

/** What a gateway does for a while, or one whose server is being replaced. */
const passing: readonly Gateway[] = [
  ["loses it", ({ drop }) => drop()],
  ["wants another token", ({ response }) => sendJson(response, 401, graphBody("Unauthorized"))],
  ["refuses it", ({ response }) => sendJson(response, 403, graphBody("Forbidden"))],
  ["has had too many", ({ response }) => sendJson(response, 429, graphBody("TooManyRequests"))],
  ["fails", ({ response }) => sendJson(response, 500, graphBody("InternalServerError"))],
  ["is busy", ({ response }) => sendJson(response, 503, graphBody("ServiceUnavailable"))],
];
const signIn: Gateway = ["has a page for signing in", ({ response }) => sendJson(response, 200, "Sign in")];

test.each([...passing, signIn])(
  "findChange rejects where it asks the log and a gateway %s",
  async (_what, ask) => {
    const server = await serveLogged({ log: [theirs(2)], ask, patch: ({ proceed }) => proceed() });
    await expect(clientOf(server).findChange(appId, sent)).rejects.toBeInstanceOf(Error);
  },
);

test.each(passing)(
  "findChange rejects where it sends a patch of nothing and a gateway %s",
  async (_what, nothing) => {
    const server = await serveLogged({ log: [theirs(2)], nothing, patch: ({ proceed }) => proceed() });
    await expect(clientOf(server).findChange(appId, sent)).rejects.toBeInstanceOf(Error);
  },
);

/** What a server responds with to the log, or to a patch of nothing. */
function responding(status: number): readonly Pick<Logging, "ask" | "nothing">[] {
  const respond = ({ response }: Exchange): void => sendJson(response, status, graphBody("BadRequest"));
  return [{ ask: respond }, { nothing: respond }];
}

test.each([400, 402, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 421, 422, 428, 431, 451, 501])(
  "findChange tells nothing where the log, or a patch of nothing, is answered with %i: it will be again",
  async (status) => {
    for (const answered of responding(status)) {
      const server = await serveLogged({ log: [theirs(2)], ...answered, patch: ({ proceed }) => proceed() });
      server.change({ failedDeviceCount: 500 });
      expect(await clientOf(server).findChange(appId, sent)).toBeUndefined();
    }
  },
);

test.each([302, 307, 401, 403, 408, 429, 500, 502, 503, 504, 507, 511])(
  "findChange rejects where the log, or a patch of nothing, is answered with %i: that may pass",
  async (status) => {
    for (const answered of responding(status)) {
      const server = await serveLogged({ log: [theirs(2)], ...answered, patch: ({ proceed }) => proceed() });
      server.change({ failedDeviceCount: 500 });
      expect(await failure(clientOf(server).findChange(appId, sent))).toMatchObject({ status });
    }
  },
);

test("the values decide where a gateway refuses a patch of nothing as one that it cannot use", async () => {
  const server = await serveLogged({
    log: [theirs(2)],
    nothing: ({ response }) => sendJson(response, 422, graphBody("BadRequest")),
    patch(exchange, { change }) {
      if (exchange.before === 0) change(values);
      exchange.drop();
    },
  });
  expect(await clientOf(server).update(appId, values, { ifMatch })).toMatchObject({
    summary: values,
    foundBy: "values",
  });
});

function withId(idOf: (before: number) => string | undefined) {
  return (exchange: Exchange): void => {
    exchange.request.headers["client-request-id"] = idOf(exchange.before);
    exchange.proceed();
  };
}

function without(header: string) {
  return ({ request, proceed }: Exchange): void => {
    delete request.headers[header];
    proceed();
  };
}

test.each([...gatewaysWithIds, ...gatewaysWithoutAnswers])(
  "the log tells nothing certain where a gateway %s",
  async (_what, pass) => {
    const server = await serveLogged({ log: [theirs(2)], patch: pass, nothing: pass });
    server.change({ failedDeviceCount: 500 });
    const client = clientOf(server);
    expect(await client.findChange(appId, sent)).toBeUndefined();
    expect(server.current()).toMatchObject({ version: 2, summary: { failedDeviceCount: 500 } });
  },
);

test.each(gatewaysWithIds)(
  "an amount that others have changed after it is not added again where a gateway %s",
  async (_what, pass) => {
    const server = await serveLogged({
      log: [theirs(3, undefined), logged(2, "gateway-0")],
      nothing: pass,
      patch(exchange, { change }) {
        if (exchange.before > 0) return pass(exchange);
        exchange.commit();
        change({ failedDeviceCount: 500 });
        exchange.drop();
      },
    });
    expect(await failure(clientOf(server).edit(appId, () => add))).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "overtaken",
    });
    expect(server.current()).toMatchObject({ version: 3, summary: { failedDeviceCount: 500 } });
  },
);

test.each([
  ["Batch-Run-0001", (id: string) => (/^[0-9a-f-]{36}$/i.test(id) ? id : "gateway")],
  ["ABCDEF01-0000-4000-8000-00000000000F", (id: string) => id.toLowerCase()],
  ["nightly-edit-of-failed-devices-of-2026-09-30", (id: string) => id.slice(0, 36)],
])(
  "the log tells nothing certain of %s where a gateway keeps ids of another form alone",
  async (id, idOf) => {
    const pass = (exchange: Exchange): void => {
      const { headers } = exchange.request;
      headers["client-request-id"] = idOf(String(headers["client-request-id"]));
      exchange.proceed();
    };
    const server = await serveLogged({ log: [theirs(2, idOf(id))], patch: pass, nothing: pass });
    server.change({ failedDeviceCount: 500 });
    const client = clientOf(server);
    expect(await client.findChange(appId, { ...sent, clientRequestId: id })).toBeUndefined();
    expect(await client.findChange(appId, sent)).toBe("notApplied");
  },
);

test.each<[string, Parameters<typeof logged>[0][], string, string | undefined]>([
  ["its version is the current one", [], ifMatch, undefined],
  ["the log does not reach back", [5, 4], ifMatch, undefined],
  ["its guard is no version", [2], '"abc"', undefined],
  ["its guard is any version", [2], "*", undefined],
  ["its guard are several versions", [2], 'W/"1", W/"2"', undefined],
  ["another change followed", [3, 2], ifMatch, "notApplied"],
])("findChange where %s", async (_what, versions, guard, found) => {
  const log = versions.map((version) => theirs(version, undefined));
  const server = await serveLogged({ log, patch: ({ proceed }) => proceed() });
  for (const version of versions) server.change({ failedDeviceCount: version });
  const before = server.current();
  expect(await clientOf(server).findChange(appId, { ...sent, ifMatch: guard })).toBe(found);
  expect(server.current()).toEqual(before);
});

/** A log whose oldest change is `first`, and that others have gone on for long after it. */
function longLog(first: ReturnType<typeof theirs>, followed: number): Logging["log"] {
  const others = Array.from({ length: followed }, (_, at) => theirs(followed + 2 - at));
  return [...others, first];
}

test.each<[string, ReturnType<typeof theirs>, number, string | undefined, number]>([
  ["has the change behind 99 further ones", logged(2, mine), 99, "applied", 1],
  ["has the change behind 100 further ones", logged(2, mine), 100, "applied", 2],
  ["has another one behind 130 further ones", theirs(2), 130, "notApplied", 2],
  ["has the change behind 10,000 further ones", logged(2, mine), 10_000, "applied", 11],
  ["has the change behind more than is read", logged(2, mine), 10_100, undefined, 11],
])("findChange where the log %s", async (_what, first, followed, found, pages) => {
  const log = longLog(first, followed);
  const server = await serveLogged({ log, patch: ({ proceed }) => proceed() });
  for (const { version } of log) server.change({ failedDeviceCount: version });
  expect(await clientOf(server).findChange(appId, sent)).toBe(found);
  expect(server.current().version).toBe(followed + 2);
  expect(server.requests.filter(({ url }) => url.startsWith("/api/changes"))).toHaveLength(pages);
});

test("findChange reads no page behind the version that it looks for", async () => {
  const log = [...longLog(theirs(3), 200), theirs(1)];
  const server = await serveLogged({ log, patch: ({ proceed }) => proceed() });
  const late = { ...sent, ifMatch: 'W/"150"' };
  expect(await clientOf(server).findChange(appId, late)).toBeUndefined();
  expect(server.requests.filter(({ url }) => url.startsWith("/api/changes"))).toHaveLength(1);
});

test.each<[string, InstallSummaryPatch, string | undefined]>([
  ["the same values", { ...values, pendingInstallUserCount: 7 }, "mayBeOwn"],
  ["those of its values that were to change", values, "mayBeOwn"],
  ["another value", { failedDeviceCount: 5 }, "notApplied"],
  ["another counter", { installedDeviceCount: 4 }, "notApplied"],
  ["a counter more", { ...values, installedDeviceCount: 4 }, "notApplied"],
])(
  "a change of the same account to %s under another id may be this one: findChange",
  async (_what, after, found) => {
    const wanted = { ...values, pendingInstallUserCount: 7 };
    for (const id of ["gateway-0", undefined]) {
      const log = [theirs(3), logged(2, id, after)];
      const server = await serveLogged({ log, patch: ({ proceed }) => proceed() });
      for (const { version } of log) server.change({ failedDeviceCount: version });
      expect(await clientOf(server).findChange(appId, { ...sent, patch: wanted })).toBe(found);
    }
  },
);

test("a change of the same account to other values is not this one, also under the same id", async () => {
  const log = [logged(2, mine, { failedDeviceCount: 5 })];
  const server = await serveLogged({ log, patch: ({ proceed }) => proceed() });
  server.change({ failedDeviceCount: 5 });
  expect(await clientOf(server).findChange(appId, sent)).toBe("notApplied");
});

/** Two gateways behind one address: the one that passes the first change on replaces its id, the others keep ids. */
const losses: readonly Gateway[] = [
  ["loses the response", ({ drop }) => drop()],
  [
    "says 503",
    ({ response }) => sendJson(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" }),
  ],
];

test.each(losses)(
  "an amount that was added counts once, and is open, where the gateway that passed it on replaces ids and %s, and another one keeps them",
  async (_what, lose) => {
    const log: ReturnType<typeof theirs>[] = [];
    const server = await serveLogged({
      log,
      patch(exchange) {
        if (exchange.before > 0) return exchange.proceed();
        exchange.request.headers["client-request-id"] = "gateway-0";
        exchange.commit();
        log.push(logged(2, "gateway-0"));
        lose(exchange);
      },
    });
    expect(await failure(clientOf(server).edit(appId, () => add))).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "unknown",
    });
    expect(server.current()).toMatchObject({ version: 2, summary: { failedDeviceCount: 4 } });
  },
);

function hasNone({ response }: Exchange): void {
  sendJson(response, 404, graphBody("ResourceNotFound"));
}

function fails({ response }: Exchange): void {
  sendJson(response, 500, graphBody("InternalServerError"));
}

/** A server whose log fails `times` times, and whose first gateway replaces the id of the change that it passes on. */
async function serveFailing(
  times: number,
  respond: (exchange: Exchange) => void,
  lose: (exchange: Exchange) => void,
): Promise<SummaryServer> {
  const log: ReturnType<typeof theirs>[] = [];
  let asked = 0;
  return serveLogged({
    log,
    ask(exchange) {
      asked += 1;
      if (asked <= times) return respond(exchange);
      const id = String(exchange.request.headers["client-request-id"]);
      sendJson(exchange.response, 200, { value: log }, { "client-request-id": id });
    },
    patch(exchange) {
      if (exchange.before > 0) return exchange.proceed();
      exchange.request.headers["client-request-id"] = "gateway-0";
      exchange.commit();
      log.push(logged(2, "gateway-0"));
      lose(exchange);
    },
  });
}

describe.each(losses)(
  "a change that was made where the gateway that passed it on replaces ids and %s",
  (_what, lose) => {
    test.each([
      ["an amount", add],
      ["a value", values],
    ])("is open as %s while the log cannot be read", async (_kind, edit) => {
      const server = await serveFailing(Infinity, fails, lose);
      expect(await failure(clientOf(server, { retry: 1 }).edit(appId, () => edit))).toMatchObject({
        name: "UnconfirmedChangeError",
        outcome: "unknown",
        current: undefined,
        readFailure: { status: 500 },
      });
      expect(server.current()).toMatchObject({ version: 2, summary: values });
    });

    test("is settled once the log can be read", async () => {
      const server = await serveFailing(2, fails, lose);
      expect(await failure(clientOf(server).edit(appId, () => add))).toMatchObject({
        outcome: "unknown",
        current: { etag: 'W/"2"' },
      });
      expect(server.current()).toMatchObject({ version: 2, summary: values });
    });

    test.each([
      ["an amount", add],
      ["a value", values],
    ])("counts once, as %s found by its values, where there is no log", async (_kind, edit) => {
      const server = await serveFailing(Infinity, hasNone, lose);
      const edited = await clientOf(server).edit(appId, () => edit);
      expect(edited).toMatchObject({ summary: values, etag: 'W/"2"', foundBy: "values" });
      expect(edited).not.toHaveProperty("refusal");
      expect(server.current()).toMatchObject({ version: 2, summary: values });
    });
  },
);

test("an amount that never arrived is added to an equal one of someone else, also where the log fails once", async () => {
  let asked = 0;
  const log = [theirs(2)];
  const server = await serveLogged({
    log,
    ask(exchange) {
      asked += 1;
      if (asked === 1) return exchange.drop();
      const id = String(exchange.request.headers["client-request-id"]);
      sendJson(exchange.response, 200, { value: log }, { "client-request-id": id });
    },
    patch(exchange, { change }) {
      if (exchange.before > 0) return exchange.proceed();
      change(values);
      exchange.drop();
    },
  });
  expect(await clientOf(server).edit(appId, () => add)).toMatchObject({
    summary: { failedDeviceCount: 7 },
    etag: 'W/"3"',
  });
});

test.each(losses)(
  "and where it %s, and others have changed it since, it is told as open",
  async (_what, lose) => {
    const log: ReturnType<typeof theirs>[] = [];
    const server = await serveLogged({
      log,
      patch(exchange, { change }) {
        if (exchange.before > 0) return exchange.proceed();
        exchange.request.headers["client-request-id"] = "gateway-0";
        exchange.commit();
        change({ failedDeviceCount: 9 });
        log.push(theirs(3), logged(2, "gateway-0"));
        lose(exchange);
      },
    });
    expect(await failure(clientOf(server).edit(appId, () => add))).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "overtaken",
    });
    expect(server.current()).toMatchObject({ version: 3, summary: { failedDeviceCount: 9 } });
  },
);

test("a change of someone else under the same id tells nothing of this one", async () => {
  const server = await serveLogged({ log: [theirs(2, "row-13")], patch: ({ proceed }) => proceed() });
  server.change({ failedDeviceCount: 500 });
  expect(await clientOf(server).findChange(appId, { ...sent, clientRequestId: "row-13" })).toBeUndefined();
});

test("a 412 is about the id that its body names, and not about each that is in its text", async () => {
  const pass = withId(() => "gateway-0");
  for (const clientRequestId of ["0", "a", "gateway", "Graph"]) {
    const server = await serveLogged({ log: [theirs(2, "gateway-1")], patch: pass, nothing: pass });
    server.change({ failedDeviceCount: 500 });
    expect(await clientOf(server).findChange(appId, { ...sent, clientRequestId })).toBeUndefined();
  }
});

test("an id whose blanks a header would lose is refused: the log would name another one", async () => {
  const server = await serveLogged({ log: [logged(2, "job 1")], patch: ({ proceed }) => proceed() });
  const client = clientOf(server);
  for (const clientRequestId of ["job 1 ", " job 1", " "]) {
    const edit = client.edit(appId, () => add, { clientRequestId });
    expect(await failure(edit)).toMatchObject({
      name: "TypeError",
      message: expect.stringContaining("without blanks at its ends"),
    });
    expect(await failure(client.findChange(appId, { ...sent, clientRequestId }))).toMatchObject({
      name: "TypeError",
    });
  }
  expect(server.requests).toEqual([]);
  expect(await client.findChange(appId, { ...sent, clientRequestId: "job 1" })).toBe("applied");
});

test("what was sent is refused without its values, as a JavaScript program may give it", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  const { patch: _patch, ...rest } = sent;
  const client = clientOf(server);
  const findChange: unknown = Reflect.get(client, "findChange");
  if (typeof findChange !== "function") throw new Error("findChange is a function");
  const found: Promise<unknown> = Reflect.apply(findChange, client, [appId, rest]);
  expect(await failure(found)).toEqual(
    new TypeError("patch of findChange must be the values that were sent; got undefined."),
  );
  expect(server.requests).toEqual([]);
});

test("findChange ends with its signal", async () => {
  const server = await serveSummary(({ drop }) => drop());
  const signal = AbortSignal.abort(new Error("enough"));
  expect(await failure(clientOf(server).findChange(appId, sent, { signal }))).toMatchObject({
    message: "enough",
  });
  expect(server.count("GET")).toBe(0);
});
