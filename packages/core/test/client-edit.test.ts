import { describe, expect, test } from "vitest";
import {
  EditConflictError,
  isEditConflictError,
  isUnconfirmedChangeError,
  type EditOptions,
} from "../src/client/index.ts";
import type { InstallSummaryEdit } from "../src/patch/edit.ts";
import { isGraphError } from "../src/http/graph-error.ts";
import type { EditConflict } from "../src/patch/rebase.ts";
import { clientOf, failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary, type Exchange } from "./serve-summary.ts";
import { sendJson } from "./serve.ts";

const fewer: InstallSummaryEdit = { pendingInstallUserCount: { add: -1 } };

describe("an edit", () => {
  test("is made on what is there, and sent under the guard of its version", async () => {
    const server = await serveSummary(proceed);
    const edited = await clientOf(server).edit(
      appId,
      ({ failedDeviceCount }) => ({ failedDeviceCount: failedDeviceCount + 1, ...fewer }),
      { origin: "command" },
    );
    const after = sampleSummary({ failedDeviceCount: 2, pendingInstallUserCount: 6 });
    expect(edited).toEqual({
      summary: after,
      etag: 'W/"2"',
      requestId: expect.any(String),
      on: { summary: sampleSummary(), etag: 'W/"1"' },
      patch: { failedDeviceCount: 2, pendingInstallUserCount: 6 },
    });
    expect(server.requests[1]).toMatchObject({
      method: "PATCH",
      body: '{"failedDeviceCount":2,"pendingInstallUserCount":6}',
      headers: { "if-match": 'W/"1"', "install-summary-origin": "command" },
    });
    expect(server.requests).toHaveLength(2);
  });

  test("may take its time", async () => {
    const server = await serveSummary(proceed);
    const { summary } = await clientOf(server).edit(appId, async () => fewer);
    expect(summary).toEqual(sampleSummary({ pendingInstallUserCount: 6 }));
  });

  test("of nothing sends nothing", async () => {
    const server = await serveSummary(proceed);
    const read = { summary: sampleSummary(), etag: 'W/"1"' };
    const there = { ...read, requestId: expect.any(String), on: read, patch: {} };
    expect(await clientOf(server).edit(appId, () => ({}))).toEqual(there);
    expect(await clientOf(server).edit(appId, () => ({ failedDeviceCount: 1 }))).toEqual(there);
    expect(server.count("PATCH")).toBe(0);
  });

  test("that writes to what it got throws, and is never reported as done", async () => {
    const server = await serveSummary(proceed);
    const editing = clientOf(server).edit(appId, (summary) =>
      Object.assign(summary, { failedDeviceCount: 123 }),
    );
    expect(await failure(editing)).toBeInstanceOf(TypeError);
    expect(server.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("that writes to a copy is sent, and sets only what differs", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH" && exchange.before === 0) change({ installedUserCount: 2177 });
      exchange.proceed();
    });
    const { summary } = await clientOf(server).edit(appId, (read) => ({ ...read, failedDeviceCount: 123 }));
    expect(summary).toEqual(sampleSummary({ failedDeviceCount: 123, installedUserCount: 2177 }));
    expect(server.requests[1]?.body).toBe('{"failedDeviceCount":123}');
  });

  test("that its maker goes on to change is sent as it was returned", async () => {
    const made: { failedDeviceCount: number; failedUserCount: { add: number } } = {
      failedDeviceCount: 5,
      failedUserCount: { add: 1 },
    };
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH" && exchange.before === 0) {
        made.failedDeviceCount = 6;
        made.failedUserCount.add = 100;
        change({ installedUserCount: 3 });
      }
      exchange.proceed();
    });
    const { summary } = await clientOf(server).edit(appId, () => made);
    expect(summary).toEqual(
      sampleSummary({ failedDeviceCount: 5, failedUserCount: 16, installedUserCount: 3 }),
    );
  });

  test("with a fault sends nothing and names every fault", async () => {
    const server = await serveSummary(proceed);
    const edit: InstallSummaryEdit = JSON.parse('{"failedDevicesCount":{"add":1},"failedUserCount":"4"}');
    const error = await failure(clientOf(server).edit(appId, () => edit));
    expect(error).toMatchObject({
      code: "ModelValidationFailure",
      details: [{ target: "failedDevicesCount" }, { target: "failedUserCount" }],
    });
    expect(server.count("PATCH")).toBe(0);
  });

  test("that throws is thrown as it is", async () => {
    const server = await serveSummary(proceed);
    const own = new Error("not today");
    expect(await failure(clientOf(server).edit(appId, () => Promise.reject(own)))).toBe(own);
  });
});

describe("an edit of a summary that someone else has changed in between", () => {
  test("is counted again where it is relative, and keeps what they changed", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH" && exchange.before === 0) {
        change({ pendingInstallUserCount: 10, failedDeviceCount: 0 });
      }
      exchange.proceed();
    });
    let asked = 0;
    const edited = await clientOf(server).edit(appId, () => {
      asked += 1;
      return fewer;
    });
    expect(edited).toMatchObject({
      on: { summary: { pendingInstallUserCount: 10 }, etag: 'W/"2"' },
      patch: { pendingInstallUserCount: 9 },
      summary: sampleSummary({ pendingInstallUserCount: 9, failedDeviceCount: 0 }),
      etag: 'W/"3"',
      requestId: expect.any(String),
    });
    expect(asked).toBe(1);
    expect(server.requests.map(({ method }) => method)).toEqual(["GET", "PATCH", "GET", "PATCH"]);
  });

  test("has nothing left to do where they did the same", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH") change({ failedDeviceCount: 0 });
      exchange.proceed();
    });
    const edited = await clientOf(server).edit(appId, () => ({ failedDeviceCount: 0 }));
    expect(edited).toMatchObject({
      on: { etag: 'W/"2"' },
      patch: {},
      summary: sampleSummary({ failedDeviceCount: 0 }),
      etag: 'W/"2"',
      requestId: expect.any(String),
    });
    expect(server.count("PATCH")).toBe(1);
  });

  test("ends in an error that says on which counters, and sends nothing more", async () => {
    const server = await serveSummary(raceOnFailedDevices);
    const edit = { failedDeviceCount: 30, installedDeviceCount: 9 };
    const error = await failure(clientOf(server).edit(appId, () => edit));
    expect(error).toBeInstanceOf(EditConflictError);
    expect(isEditConflictError(error)).toBe(true);
    expect(error).toMatchObject({
      conflicts: [{ counter: "failedDeviceCount", base: 1, mine: 30, theirs: 18, reason: "changed" }],
      current: { summary: sampleSummary({ failedDeviceCount: 18 }), etag: 'W/"2"' },
      message: "'failedDeviceCount' was 1 and should become 30, but someone else has made it 18.",
    });
    expect(server.count("PATCH")).toBe(1);
  });

  test("conflicts with what it was made on, not with what others made and took back", async () => {
    const values = [0, 10];
    const server = await serveSummary((exchange, { change }) => {
      const value = exchange.request.method === "PATCH" ? values.shift() : undefined;
      if (value !== undefined) change({ failedDeviceCount: value, failedUserCount: value });
      exchange.proceed();
    });
    server.change({ failedDeviceCount: 10 });
    const edit = { failedDeviceCount: 0, installedDeviceCount: 9 };
    const { summary } = await clientOf(server).edit(appId, () => edit);
    expect(summary).toEqual(
      sampleSummary({ failedDeviceCount: 0, installedDeviceCount: 9, failedUserCount: 10 }),
    );
    expect(server.count("PATCH")).toBe(3);
  });

  test("is sent at most as often as the option says: then the last 412 is thrown", async () => {
    const server = await serveSummary((exchange, { change, current }) => {
      if (exchange.request.method === "PATCH") change({ failedUserCount: current().version });
      exchange.proceed();
    });
    const error = await failure(clientOf(server).edit(appId, () => fewer, { tries: 3 }));
    expect(isGraphError(error, "PreconditionFailed")).toBe(true);
    expect(server.count("PATCH")).toBe(3);
  });
});

describe("a conflict is decided by onConflict", () => {
  test.each<[string, InstallSummaryEdit, number]>([
    ["mine", { failedDeviceCount: 30 }, 30],
    ["theirs", {}, 18],
    ["another value", { failedDeviceCount: 24 }, 24],
    ["so much more than theirs", { failedDeviceCount: { add: 2 } }, 20],
  ])("for %s, the other counters go through", async (_what, decision, failedDeviceCount) => {
    const { asked, result } = await decide(decision);
    expect(asked).toEqual([
      [{ counter: "failedDeviceCount", base: 1, mine: 30, theirs: 18, reason: "changed" }],
    ]);
    expect(result).toMatchObject({
      summary: sampleSummary({ failedDeviceCount, installedDeviceCount: 9 }),
      etag: 'W/"3"',
      requestId: expect.any(String),
    });
  });

  test("who cannot change the conflicts, nor what is there now", async () => {
    const server = await serveSummary(raceOnFailedDevices);
    const refused: unknown[] = [];
    const { summary } = await clientOf(server).edit(appId, () => ({ failedDeviceCount: 30 }), {
      onConflict: (conflicts, theirs) => {
        for (const kept of [conflicts, conflicts[0], theirs, theirs.summary]) {
          refused.push(Object.isFrozen(kept));
        }
        return { failedDeviceCount: 24 };
      },
    });
    expect(refused).toEqual([true, true, true, true]);
    expect(summary.failedDeviceCount).toBe(24);
  });

  test("which may leave it open", async () => {
    const { result } = await decide(undefined);
    expect(isEditConflictError(result)).toBe(true);
  });

  test("whose value must be one that fits", async () => {
    const { result } = await decide({ failedDeviceCount: { add: -19 } });
    expect(result).toMatchObject({
      name: "EditConflictError",
      conflicts: [{ mine: { add: -19 }, reason: "range" }],
      message: "'failedDeviceCount' is 18; adding -19 would leave the range from 0 to 2147483647.",
    });
  });

  test.each(["5", "null", '"theirs"', "[]"])(
    "with an edit: %s is none, and nothing is sent",
    async (text) => {
      const decision: InstallSummaryEdit = JSON.parse(text);
      const server = await serveSummary(raceOnFailedDevices);
      const editing = clientOf(server).edit(appId, () => ({ failedDeviceCount: 30 }), {
        onConflict: () => decision,
      });
      const error = await failure(editing);
      expect(error).toMatchObject({ status: 400, code: "BadRequest" });
      expect(String(error)).toContain("An edit is an object like");
      expect(server.count("PATCH")).toBe(1);
    },
  );

  test("and stays decided while the others leave that counter alone", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH" && exchange.before === 0) change({ failedDeviceCount: 18 });
      if (exchange.request.method === "PATCH" && exchange.before === 1) change({ failedUserCount: 0 });
      exchange.proceed();
    });
    let asked = 0;
    const { summary } = await clientOf(server).edit(appId, () => ({ failedDeviceCount: 30 }), {
      onConflict: () => {
        asked += 1;
        return { failedDeviceCount: 24 };
      },
    });
    expect(summary).toEqual(sampleSummary({ failedDeviceCount: 24, failedUserCount: 0 }));
    expect(asked).toBe(1);
  });

  test("also one of the very first version, when a sum does not fit", async () => {
    const server = await serveSummary(proceed);
    const edit = { failedDeviceCount: { add: -5 } };
    expect(await failure(clientOf(server).edit(appId, () => edit))).toMatchObject({
      conflicts: [{ counter: "failedDeviceCount", base: 1, mine: { add: -5 }, theirs: 1, reason: "range" }],
    });
    const { summary } = await clientOf(server).edit(appId, () => edit, {
      onConflict: () => ({ failedDeviceCount: 0 }),
    });
    expect(summary.failedDeviceCount).toBe(0);
  });
});

describe("on a host without ETags", () => {
  test("an edit is refused before anything is asked or sent", async () => {
    const { client, server } = await openClient((_request, response) =>
      sendJson(response, 200, sampleSummary()),
    );
    let asked = 0;
    const editing = client.edit(appId, () => {
      asked += 1;
      return fewer;
    });
    expect(await failure(editing)).toMatchObject({ name: "ClientError", code: "PreconditionRequired" });
    expect(asked).toBe(0);
    expect(server.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("nothing is sent without a guard where the ETag is gone when it is read again", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH") change({ failedUserCount: 1 });
      if (exchange.request.method === "GET" && exchange.before > 0) {
        return sendJson(exchange.response, 200, sampleSummary());
      }
      exchange.proceed();
    });
    expect(await failure(clientOf(server).edit(appId, () => fewer))).toMatchObject({
      code: "PreconditionRequired",
    });
    expect(server.count("PATCH")).toBe(1);
  });

  test("it is sent without a guard where that was said", async () => {
    const { client, server } = await openClient((request, response) => {
      const patch: InstallSummaryEdit = request.method === "PATCH" ? { pendingInstallUserCount: 6 } : {};
      sendJson(response, 200, { ...sampleSummary(), ...patch });
    });
    const { summary } = await client.edit(appId, () => fewer, { unguarded: true });
    expect(summary.pendingInstallUserCount).toBe(6);
    expect(server.requests[1]?.headers).not.toHaveProperty("if-match");
  });

  test("a host with ETags is guarded against all the same", async () => {
    const server = await serveSummary(proceed);
    await clientOf(server).edit(appId, () => fewer, { unguarded: true });
    expect(server.requests[1]?.headers["if-match"]).toBe('W/"1"');
  });
});

describe("an edit whose response is lost", () => {
  test("is found and not added twice", async () => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      exchange.commit();
      exchange.drop();
    });
    expect(await clientOf(server).edit(appId, () => fewer)).toMatchObject({
      summary: sampleSummary({ pendingInstallUserCount: 6 }),
      etag: 'W/"2"',
      foundAfter: [expect.objectContaining({ name: "NetworkError" })],
    });
    expect(server.count("PATCH")).toBe(1);
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

  test("is not carried onto another version, where it may have been added already", async () => {
    const server = await serveSummary((exchange, { change, current }) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      exchange.commit();
      const { pendingInstallUserCount } = current().summary;
      change({ pendingInstallUserCount: pendingInstallUserCount + 3 });
      exchange.drop();
    });
    expect(await failure(clientOf(server).edit(appId, () => fewer))).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "overtaken",
      current: { summary: { pendingInstallUserCount: 9 }, etag: 'W/"3"' },
    });
    expect(server.count("PATCH")).toBe(1);
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

  test("is a refusal where the app cannot be read after the last try", async () => {
    const server = await serveSummary((exchange, all) => {
      if (exchange.request.method !== "GET" || exchange.before === 0)
        return doubledWithoutRecord(exchange, all);
      sendJson(exchange.response, 403, graphBody("Forbidden"));
    });
    expect(await failure(clientOf(server).edit(appId, () => add, { tries: 1 }))).toMatchObject({
      status: 412,
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

test("an edit is made on a summary that was read before, and nothing is read first", async () => {
  const server = await serveSummary(proceed);
  const client = clientOf(server);
  const base = { summary: sampleSummary(), etag: 'W/"1"' };
  const edited = await client.edit(appId, () => ({ failedDeviceCount: { add: 3 } }), { base });
  expect(edited).toMatchObject({ etag: 'W/"2"', on: base });
  expect(server.requests.map(({ method }) => method)).toEqual(["PATCH"]);
  const wrong = { ...base, summary: { ...base.summary, id: "11111111-1111-4111-8111-111111111111" } };
  expect(await failure(client.edit(appId, () => fewer, { base: wrong }))).toBeInstanceOf(TypeError);
  expect(
    await failure(client.edit(appId, () => fewer, { base: { ...base, etag: undefined } })),
  ).toMatchObject({ code: "PreconditionRequired" });
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

test("a signal ends the wait for the next try", async () => {
  const stop = new AbortController();
  const server = await serveSummary((exchange, { change, current }) => {
    if (exchange.request.method === "PATCH") change({ failedUserCount: current().version });
    if (exchange.before === 4) stop.abort(new Error("enough"));
    exchange.proceed();
  });
  const editing = clientOf(server).edit(appId, () => fewer, { signal: stop.signal });
  expect(String(await failure(editing))).toContain("enough");
});

test("a signal ends the wait for the edit, and for a decision", async () => {
  const server = await serveSummary(raceOnFailedDevices);
  for (const hanging of ["change", "onConflict"]) {
    const stop = new AbortController();
    const hang = (): Promise<InstallSummaryEdit> => {
      stop.abort(new Error("enough"));
      return new Promise(() => undefined);
    };
    const change = hanging === "change" ? hang : () => ({ failedDeviceCount: 30 });
    const editing = clientOf(server).edit(appId, change, { onConflict: hang, signal: stop.signal });
    expect(String(await failure(editing))).toContain("enough");
    expect(server.count("PATCH")).toBe(hanging === "change" ? 0 : 1);
  }
});

test.each([0, -1, 1.5, Number.NaN])("%d tries are refused before anything is asked", async (tries) => {
  const server = await serveSummary(proceed);
  const error = await failure(clientOf(server).edit(appId, () => fewer, { tries }));
  expect(error).toBeInstanceOf(RangeError);
  expect(String(error)).toContain("tries must be");
  expect(server.requests).toEqual([]);
});

test("a refusal other than 412 is thrown unchanged", async () => {
  const server = await serveSummary((exchange) => {
    if (exchange.request.method === "PATCH") sendJson(exchange.response, 403, graphBody("Forbidden"));
    else exchange.proceed();
  });
  expect(await failure(clientOf(server).edit(appId, () => fewer))).toMatchObject({ status: 403 });
  expect(server.count("PATCH")).toBe(1);
});

async function decide(
  decision: InstallSummaryEdit | undefined,
): Promise<{ readonly asked: readonly EditConflict[][]; readonly result: unknown }> {
  const server = await serveSummary(raceOnFailedDevices);
  const asked: EditConflict[][] = [];
  const onConflict: EditOptions["onConflict"] = (conflicts, { etag }) => {
    expect(etag).toBe('W/"2"');
    asked.push([...conflicts]);
    return decision;
  };
  const edit = { failedDeviceCount: 30, installedDeviceCount: 9 };
  const result = await clientOf(server)
    .edit(appId, () => edit, { onConflict })
    .catch((error: unknown) => error);
  return { asked, result };
}

/** A gateway that sends a change twice, before a server that does not record whose requests it applied. */
function doubledWithoutRecord(exchange: Exchange, _server: unknown): void {
  if (exchange.request.method !== "PATCH") return exchange.proceed();
  exchange.commit();
  sendJson(exchange.response, 412, graphBody("PreconditionFailed"));
}

function proceed(exchange: Exchange): void {
  exchange.proceed();
}

/** Someone else makes 18 failed devices just before the first PATCH arrives. */
function raceOnFailedDevices(
  exchange: Exchange,
  { change }: { readonly change: (patch: { readonly failedDeviceCount: number }) => void },
): void {
  if (exchange.request.method === "PATCH" && exchange.before === 0) change({ failedDeviceCount: 18 });
  exchange.proceed();
}
