import { describe, expect, test } from "vitest";
import type { EditOptions } from "../src/client/index.ts";
import { clientOf, failure, graphBody } from "./open-client.ts";
import { commitAndDrop, withoutRecord } from "./lost-responses.ts";
import { appId } from "./samples.ts";
import { serveSummary, type Exchange, type SummaryServer } from "./serve-summary.ts";
import { sendJson } from "./serve.ts";

type Handle = (exchange: Exchange, server: SummaryServer) => void;

const patch = { failedDeviceCount: 6 };
const ifMatch = 'W/"1"';
const thrown = new Error("The window is closed");

function throwIt(): never {
  throw thrown;
}

describe("what onStep throws while the change is open is the cause of an UnconfirmedChangeError", () => {
  const isThere = { outcome: "unknown", current: { summary: patch, etag: 'W/"2"' } };
  const cases: readonly [what: string, handle: Handle, known: object][] = [
    ["it was applied", commitAndDrop, isThere],
    ["it was applied, and no log tells", withoutRecord(commitAndDrop), isThere],
    ["a gateway says 503 to what was applied", commitBehind503, isThere],
    ["it never arrived", dropChanges, { outcome: "notApplied", current: { etag: 'W/"1"' } }],
    ["nothing can be read", commitAndDropAll, { current: undefined, readFailure: { name: "NetworkError" } }],
  ];

  test.each(cases)("of update, where %s", async (_what, handle, known) => {
    const server = await serveSummary(handle);
    const error = await failure(
      clientOf(server, { retry: 1 }).update(appId, patch, { ifMatch, onStep: throwIt }),
    );
    expect(error).toMatchObject({ name: "UnconfirmedChangeError", ifMatch, ...known });
    expect(error).toMatchObject({ cause: thrown, failures: [expect.any(Error), thrown] });
    expect(server.count("PATCH")).toBe(1);
  });

  test.each(cases.slice(0, 4))("of edit, where %s", async (_what, handle, known) => {
    const server = await serveSummary(handle);
    const error = await failure(clientOf(server).edit(appId, () => patch, { onStep: throwIt }));
    expect(error).toMatchObject({ name: "UnconfirmedChangeError", ifMatch, ...known, cause: thrown });
    expect(server.count("PATCH")).toBe(1);
  });

  test.each(["look", "send", "done"])("also in the step %s of several", async (kind) => {
    const server = await serveSummary((exchange) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      if (exchange.before === 1) exchange.commit();
      exchange.drop();
    });
    const seen: string[] = [];
    const error = await failure(
      clientOf(server).update(appId, patch, {
        ifMatch,
        onStep(step) {
          seen.push(step.kind);
          if (step.kind === kind) throw thrown;
        },
      }),
    );
    expect(error).toMatchObject({ name: "UnconfirmedChangeError", cause: thrown });
    expect(seen.filter((one) => one === kind)).toHaveLength(1);
    expect(seen.at(-1)).toBe(kind);
  });

  test("and says what is known in its message", async () => {
    const server = await serveSummary(commitAndDrop);
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch, onStep: throwIt }));
    expect(error).toMatchObject({
      message:
        `The change of ${appId} was not confirmed. The connection failed (UND_ERR_SOCKET). The window is closed. ` +
        "Its values are there, perhaps by another equal change, so it is not known whether the change was applied.",
    });
  });
});

describe("what onStep throws is the error itself where the change was certainly not applied", () => {
  test.each<[string, Handle]>([
    ["the server refuses it", (exchange) => sendJson(exchange.response, 400, graphBody("BadRequest"))],
    [
      "the server asks to wait",
      (exchange) => sendJson(exchange.response, 429, graphBody("TooManyRequests"), { "retry-after": "0" }),
    ],
  ])("since %s", async (_what, handle) => {
    const server = await serveSummary(handle);
    const error = await failure(clientOf(server).update(appId, patch, { ifMatch, onStep: throwIt }));
    expect(error).toBe(thrown);
    expect(server.current().summary).not.toMatchObject(patch);
  });
});

describe("what another function of edit throws", () => {
  const byFunction: readonly [string, EditOptions][] = [
    ["onRefused", { onRefused: throwIt }],
    ["onConflict", { onConflict: throwIt }],
    ["onConflict, by a promise", { onConflict: () => Promise.reject(thrown) }],
  ];

  test.each(byFunction)("(%s) is the cause where a 412 leaves the change open", async (_name, options) => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method !== "PATCH") return exchange.proceed();
      exchange.commit();
      change({ failedDeviceCount: 9 });
      sendJson(exchange.response, 412, graphBody("PreconditionFailed"));
    });
    const error = await failure(clientOf(server).edit(appId, () => patch, options));
    expect(error).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "overtaken",
      current: { summary: { failedDeviceCount: 9 }, etag: 'W/"3"' },
      failures: [{ status: 412 }, thrown],
      cause: thrown,
    });
    expect(server.count("PATCH")).toBe(1);
  });

  test.each(byFunction)("(%s) is the error itself where the 412 was looked up", async (_name, options) => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH") change({ failedDeviceCount: 9 });
      exchange.proceed();
    });
    expect(await failure(clientOf(server).edit(appId, () => patch, options))).toBe(thrown);
    expect(server.current().summary.failedDeviceCount).toBe(9);
  });

  test("(onRefused) leaves it open too where its values are there, or nothing can be read", async () => {
    for (const [isRead, known] of [
      [true, { outcome: "unknown", current: { summary: patch } }],
      [false, { outcome: "unknown", current: undefined, readFailure: { status: 403 } }],
    ] as const) {
      const server = await serveSummary((exchange) => {
        if (exchange.request.method === "GET" && (isRead || exchange.before === 0)) return exchange.proceed();
        exchange.commit();
        const isChange = exchange.request.method === "PATCH";
        sendJson(
          exchange.response,
          isChange ? 412 : 403,
          graphBody(isChange ? "PreconditionFailed" : "Forbidden"),
        );
      });
      const error = await failure(clientOf(server).edit(appId, () => patch, { onRefused: throwIt }));
      expect(error).toMatchObject({ name: "UnconfirmedChangeError", ...known, cause: thrown });
    }
  });

  test("(the edit itself) is the error itself: nothing was sent", async () => {
    const server = await serveSummary((exchange) => exchange.proceed());
    expect(await failure(clientOf(server).edit(appId, throwIt))).toBe(thrown);
    expect(server.count("PATCH")).toBe(0);
  });
});

function dropChanges(exchange: Exchange): void {
  if (exchange.request.method === "PATCH") exchange.drop();
  else exchange.proceed();
}

function commitAndDropAll(exchange: Exchange): void {
  exchange.commit();
  exchange.drop();
}

function commitBehind503(exchange: Exchange): void {
  if (exchange.request.method !== "PATCH") return exchange.proceed();
  exchange.commit();
  sendJson(exchange.response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
}
