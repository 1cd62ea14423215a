import { describe, expect, test } from "vitest";
import { isUnconfirmedChangeError } from "../src/client/index.ts";
import { fewer, proceed } from "./edits.ts";
import { clientOf, failure, graphBody } from "./open-client.ts";
import { commitAndDrop, withoutRecord } from "./lost-responses.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary, type Exchange, type SummaryServer } from "./serve-summary.ts";
import { sendJson } from "./serve.ts";

describe("an edit whose response is lost", () => {
  test("is found and not added twice", async () => {
    const server = await serveSummary(commitAndDrop);
    expect(await clientOf(server).edit(appId, () => fewer)).toMatchObject({
      summary: sampleSummary({ pendingInstallUserCount: 6 }),
      etag: 'W/"2"',
      repeated: true,
    });
    expect(server.current().version).toBe(2);
  });

  test("is not added twice where the server keeps no record: its values may be someone else's", async () => {
    const server = await serveSummary(withoutRecord(commitAndDrop));
    expect(await clientOf(server).edit(appId, () => fewer)).toMatchObject({
      summary: sampleSummary({ pendingInstallUserCount: 6 }),
      etag: 'W/"2"',
      foundAfter: [{ name: "NetworkError" }, { code: "PreconditionFailed" }],
      foundBy: "values",
    });
    expect(server.current().version).toBe(2);
  });

  test("before it arrived counts by its values beside an equal one of someone else, where no log tells", async () => {
    const server = await serveSummary((exchange, { change, current }) => {
      if (exchange.request.method !== "PATCH" || exchange.before > 0) return exchange.proceed();
      const { pendingInstallUserCount } = current().summary;
      change({ pendingInstallUserCount: pendingInstallUserCount - 1 });
      exchange.drop();
    });
    expect(await clientOf(server).edit(appId, () => fewer)).toMatchObject({
      summary: { pendingInstallUserCount: 6 },
      etag: 'W/"2"',
      foundBy: "values",
    });
    expect(server.current().version).toBe(2);
  });

  test("is not added twice either where it arrives after it was sent again", async () => {
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
    const { summary } = await clientOf(server).edit(appId, () => fewer);
    expect(summary.pendingInstallUserCount).toBe(6);
    expect(server.current().version).toBe(2);
  });

  test("is not added twice where a gateway says 503 to what was applied", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH" || exchange.before > 0) return exchange.proceed();
      exchange.commit();
      sendJson(exchange.response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
    });
    const { summary } = await clientOf(server).edit(appId, () => fewer);
    expect(summary.pendingInstallUserCount).toBe(6);
    expect(server.current().version).toBe(2);
  });

  test("is found where someone else has changed the same counter since", async () => {
    const server = await serveSummary(overtaken);
    expect(await clientOf(server).edit(appId, () => fewer)).toMatchObject({
      summary: { pendingInstallUserCount: 9 },
      etag: 'W/"3"',
      repeated: true,
    });
  });

  test("is not carried onto another version, where it may have been added already", async () => {
    const server = await serveSummary(withoutRecord(overtaken));
    expect(await failure(clientOf(server).edit(appId, () => fewer))).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "overtaken",
      current: { summary: { pendingInstallUserCount: 9 }, etag: 'W/"3"' },
    });
    expect(server.current().version).toBe(3);
  });
});

describe("an edit that a gateway sends twice", () => {
  const add = { failedDeviceCount: { add: 3 } };

  test("counts once, and says that it arrived twice", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method === "PATCH") exchange.commit();
      exchange.proceed();
    });
    const edited = await clientOf(server).edit(appId, () => add);
    expect(edited).toMatchObject({ summary: { failedDeviceCount: 4 }, etag: 'W/"2"', repeated: true });
    expect(server.current()).toMatchObject({ version: 2, summary: { failedDeviceCount: 4 } });
  });

  test("counts once where someone else adds something between both", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH") {
        exchange.commit();
        change({ failedDeviceCount: 5 });
      }
      exchange.proceed();
    });
    const edited = await clientOf(server).edit(appId, () => add);
    expect(edited).toMatchObject({
      summary: { failedDeviceCount: 5 },
      etag: 'W/"3"',
      repeated: true,
      patch: { failedDeviceCount: 4 },
    });
    expect(server.count("PATCH")).toBe(1);
  });

  test("counts beside an equal one of someone else", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH" && exchange.before === 0) change({ failedDeviceCount: 4 });
      if (exchange.request.method === "PATCH") exchange.commit();
      exchange.proceed();
    });
    const refusals: unknown[] = [];
    const edited = await clientOf(server).edit(appId, () => add, {
      onRefused: (refusal) => refusals.push(refusal),
    });
    expect(edited.summary.failedDeviceCount).toBe(7);
    expect(refusals).toMatchObject([{ status: 412, notApplied: true }]);
    const ids = server.requests.flatMap(({ method, headers }) =>
      method === "PATCH" ? [headers["client-request-id"]] : [],
    );
    expect(new Set(ids).size).toBe(1);
  });

  test.each([1, 3])(
    "is not added again where the 412 was not looked up, and its values are there: %i tries",
    async (tries) => {
      const server = await serveSummary(doubledWithoutRecord);
      const edited = await clientOf(server).edit(appId, () => add, { tries });
      expect(edited).toMatchObject({
        summary: { failedDeviceCount: 4 },
        patch: {},
        refusal: { status: 412 },
      });
      expect(server.count("PATCH")).toBe(1);
    },
  );

  test.each(["Conflict412", "ResourceModified", "Forbidden"])(
    "is judged by the status 412 where its code is %s: not added again, and moved onto another version",
    async (code) => {
      const applied = await serveSummary((exchange) => {
        if (exchange.request.method !== "PATCH") return exchange.proceed();
        exchange.commit();
        sendJson(exchange.response, 412, graphBody(code));
      });
      const edited = await clientOf(applied).edit(appId, () => add);
      expect(edited).toMatchObject({
        summary: { failedDeviceCount: 4 },
        patch: {},
        refusal: { status: 412 },
      });
      expect(applied.count("PATCH")).toBe(1);

      const moved = await serveSummary((exchange, all) => {
        if (exchange.request.method !== "PATCH" || exchange.before > 0) return exchange.proceed();
        all.change({ failedDeviceCount: 9 });
        sendJson(exchange.response, 412, graphBody(code));
      });
      expect(await clientOf(moved).edit(appId, () => add)).toMatchObject({
        summary: { failedDeviceCount: 12 },
      });
      expect(moved.count("PATCH")).toBe(2);
    },
  );

  test("is open where the app cannot be read after the last try", async () => {
    const server = await serveSummary((exchange, all) => {
      if (exchange.request.method !== "GET" || exchange.before === 0)
        return doubledWithoutRecord(exchange, all);
      sendJson(exchange.response, 403, graphBody("Forbidden"));
    });
    expect(await failure(clientOf(server).edit(appId, () => add, { tries: 1 }))).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "unknown",
      cause: { status: 412 },
      readFailure: { status: 403 },
    });
  });

  test("names the refusal where it conflicts", async () => {
    const server = await serveSummary((exchange, all) => {
      doubledWithoutRecord(exchange, all);
      if (exchange.request.method === "PATCH") all.change({ failedDeviceCount: 9 });
    });
    expect(await failure(clientOf(server).edit(appId, () => ({ failedDeviceCount: 8 })))).toMatchObject({
      name: "EditConflictError",
      cause: { status: 412 },
    });
  });
});

test("many who edit at once all get through: the increments add up", async () => {
  const server = await serveSummary(proceed);
  const write = async (): Promise<void> => {
    const client = clientOf(server);
    for (let count = 0; count < 5; count += 1) {
      await client.edit(appId, () => ({ failedDeviceCount: { add: 1 } }), { tries: 100 });
    }
  };
  await Promise.all(Array.from({ length: 8 }, write));
  expect(server.current().summary).toEqual(sampleSummary({ failedDeviceCount: 41 }));
});

test("many who edit at once lose no edit and make none twice, although responses get lost", async () => {
  const server = await serveSummary((exchange) => {
    const turn = exchange.request.method === "PATCH" ? exchange.before % 5 : 0;
    if (turn === 1) exchange.commit();
    if (turn === 1 || turn === 3) exchange.drop();
    else exchange.proceed();
  });
  server.change({ failedDeviceCount: 0 });
  const edits = 5;
  // Writer i adds a power of six, so the i-th digit of the end, to that base, says how often it was added.
  const write = async (writer: number): Promise<{ readonly made: number; readonly unknown: number }> => {
    const client = clientOf(server);
    let made = 0;
    for (let count = 0; count < edits; count += 1) {
      try {
        await client.edit(appId, () => ({ failedDeviceCount: { add: 6 ** writer } }), { tries: 100 });
        made += 1;
      } catch (error) {
        if (!isUnconfirmedChangeError(error)) throw error;
      }
    }
    return { made, unknown: edits - made };
  };
  const written = await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
  const digits = server
    .current()
    .summary.failedDeviceCount.toString(6)
    .padStart(8, "0")
    .split("")
    .toReversed();
  for (const [writer, { made, unknown }] of written.entries()) {
    expect(Number(digits[writer])).toBeGreaterThanOrEqual(made);
    expect(Number(digits[writer])).toBeLessThanOrEqual(made + unknown);
  }
  expect(written.reduce((sum, { made }) => sum + made, 0)).toBeGreaterThan(0);
});

/** A gateway that sends a change twice, before a server that does not record whose requests it applied. */
function doubledWithoutRecord(exchange: Exchange, _server: unknown): void {
  if (exchange.request.method !== "PATCH") return exchange.proceed();
  exchange.commit();
  sendJson(exchange.response, 412, graphBody("PreconditionFailed"));
}

/** The response to the first change is lost, and someone else has changed the counter again before it is read. */
function overtaken(exchange: Exchange, { change, current }: SummaryServer): void {
  if (exchange.request.method !== "PATCH" || exchange.before > 0) return exchange.proceed();
  exchange.commit();
  change({ pendingInstallUserCount: current().summary.pendingInstallUserCount + 3 });
  exchange.drop();
}
