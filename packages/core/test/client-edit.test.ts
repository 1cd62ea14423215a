import { describe, expect, test } from "vitest";
import type { InstallSummaryEdit } from "../src/patch/edit.ts";
import { fewer, proceed } from "./edits.ts";
import { clientOf, failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary } from "./serve-summary.ts";
import { sendJson } from "./serve.ts";

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

  test.each(["*", "garbage", 'W/"7', '"x", "y"'])(
    "is refused under the ETag %s, which names no version",
    async (etag) => {
      const { client, server } = await openClient((_request, response) =>
        sendJson(response, 200, sampleSummary(), { etag }),
      );
      expect(await failure(client.edit(appId, () => fewer))).toMatchObject({
        name: "ClientError",
        code: "PreconditionRequired",
        message: expect.stringContaining("the host sent no usable ETag"),
      });
      expect(server.requests.map(({ method }) => method)).toEqual(["GET"]);
    },
  );

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
