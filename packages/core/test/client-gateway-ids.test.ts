import { describe, expect, test } from "vitest";
import { isGraphError } from "../src/index.ts";
import { isUnconfirmedChangeError, type EditedSummary } from "../src/client/index.ts";
import { idChanges } from "./gateway-ids.ts";
import { clientOf, failure, graphBody } from "./open-client.ts";
import { rewriteResponse } from "./rewrite-response.ts";
import { appId } from "./samples.ts";
import { serveSummary, type Exchange, type SummaryServer } from "./serve-summary.ts";
import { sendJson } from "./serve.ts";

// What a client believes of its change behind gateways that do something to ids: no amount is lost or added twice without
// a word.

/** How a call ended: made, certainly not made, or it says that it does not know. */
type End = "made" | "notMade" | "open";

async function endOf(edit: Promise<EditedSummary>): Promise<End> {
  try {
    const { foundBy, refusal } = await edit;
    return foundBy === "values" || refusal !== undefined ? "open" : "made";
  } catch (error) {
    return isUnconfirmedChangeError(error) ? "open" : "notMade";
  }
}

/** Between how many and how many amounts may be there after calls that ended so. */
function boundsOf(ends: readonly End[]): readonly [number, number] {
  const made = ends.filter((end) => end === "made").length;
  return [made, made + ends.filter((end) => end === "open").length];
}

/** Reads that fail, and one that comes without an ETag. */
const readFailures: readonly (readonly [string, (exchange: Exchange) => void])[] = [
  ["403", ({ response }) => sendJson(response, 403, graphBody("Forbidden"))],
  ["500", ({ response }) => sendJson(response, 500, graphBody("InternalServerError"))],
  ["no response", ({ drop }) => drop()],
  [
    "a page",
    ({ response }) => response.writeHead(200, { "content-type": "text/html" }).end("<p>Sign in</p>"),
  ],
  ["a redirect", ({ response }) => response.writeHead(302, { location: "https://example.com/" }).end()],
  ["without an ETag", withoutETag],
];

function withoutETag(exchange: Exchange): void {
  rewriteResponse(exchange, (headers) => delete headers["etag"]);
  exchange.proceed();
}

/** An id in upper case, longer than a gateway may keep, and another one for each number. */
function ownId(number: number): string {
  return `BATCH-RUN-${number}-OF-2026-09-30`;
}

const addOne = () => ({ failedDeviceCount: { add: 1 } });

describe.each(idChanges)("behind a gateway that %s", (_what, change) => {
  test("no edit of many at once is lost without a word", async () => {
    const server = await serveSummary((exchange) => {
      change(exchange);
      exchange.proceed();
    });
    const before = server.current().summary.failedDeviceCount;
    const ends = await Promise.all(
      Array.from({ length: 6 }, (_, number) =>
        endOf(clientOf(server).edit(appId, addOne, { clientRequestId: ownId(number), tries: 100 })),
      ),
    );
    const counted = server.current().summary.failedDeviceCount - before;
    const [least, most] = boundsOf(ends);
    expect(counted).toBeGreaterThanOrEqual(least);
    expect(counted).toBeLessThanOrEqual(most);
  });

  test("an ordinary change is confirmed", async () => {
    const server = await serveSummary((exchange) => {
      change(exchange);
      exchange.proceed();
    });
    const edited = await clientOf(server).edit(appId, addOne, { clientRequestId: ownId(1) });
    expect(edited).toMatchObject({ summary: { failedDeviceCount: 2 }, etag: 'W/"2"' });
    for (const word of ["foundAfter", "foundBy", "refusal", "repeated"])
      expect(edited).not.toHaveProperty(word);
  });

  test("of two updates under one ETag the second one is refused, or told as open", async () => {
    const server = await serveSummary((exchange) => {
      change(exchange);
      exchange.proceed();
    });
    const update = (number: number) =>
      clientOf(server).update(
        appId,
        { failedDeviceCount: 7 },
        { ifMatch: 'W/"1"', clientRequestId: ownId(number) },
      );
    expect(await update(1)).not.toHaveProperty("foundBy");
    const second = await update(2).catch((error: unknown) => error);
    const isRefused = isGraphError(second, "PreconditionFailed");
    expect(isRefused || second).toSatisfy(
      (told) => told === true || (typeof told === "object" && told !== null && "foundBy" in told),
    );
    expect(second).not.toHaveProperty("repeated");
  });

  test("an edit that it sends twice, and that cannot be read after that, is not told as certainly not made", async () => {
    const told = await Promise.all(
      readFailures.map(async ([name, fail]) => {
        const server = await serveSummary((exchange) => {
          if (exchange.request.method === "GET" && exchange.before > 0) return fail(exchange);
          change(exchange);
          exchange.commit();
          exchange.proceed();
        });
        const before = server.current().summary.failedDeviceCount;
        const end = await endOf(
          clientOf(server, { retry: 0 }).edit(appId, addOne, { clientRequestId: ownId(1) }),
        );
        return { name, end, counted: server.current().summary.failedDeviceCount - before };
      }),
    );
    expect(told).toHaveLength(readFailures.length);
    const wrong = told.filter(({ end, counted }) => {
      const [least, most] = boundsOf([end]);
      return counted < least || counted > most;
    });
    expect(wrong).toEqual([]);
  });
});

describe("after a 412 that leaves open whether the edit was applied", () => {
  test.each([...readFailures].slice(0, -1))("a read that fails is told with it: %s", async (_name, fail) => {
    const server = await serveDoubled(fail);
    const error = await failure(clientOf(server, { retry: 0 }).edit(appId, addOne));
    expect(error).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "unknown",
      current: undefined,
      ifMatch: 'W/"1"',
      isGuarded: true,
      failures: [{ status: 412 }],
      cause: { status: 412 },
      readFailure: expect.any(Error),
    });
  });

  test("a read without an ETag is told with it, and no word asks to overwrite", async () => {
    const server = await serveDoubled(withoutETag);
    server.change({ installedDeviceCount: 9 });
    expect(await clientOf(server).edit(appId, addOne)).toMatchObject({
      summary: { failedDeviceCount: 2 },
      refusal: { status: 412 },
    });
    const other = await serveDoubled((exchange) => {
      if (exchange.request.method === "GET") other.change({ failedDeviceCount: 9 });
      withoutETag(exchange);
    });
    const error = await failure(clientOf(other).edit(appId, addOne));
    expect(error).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "overtaken",
      current: { summary: { failedDeviceCount: 9 } },
      failures: [{ status: 412 }, { code: "PreconditionRequired" }],
    });
    expect(String(error)).not.toMatch(/unguarded|nothing was sent/i);
  });

  test("a later refusal of another kind is told with it", async () => {
    const server = await serveDoubled((exchange) => {
      if (exchange.request.method === "PATCH")
        return sendJson(exchange.response, 403, graphBody("Forbidden"));
      server.change({ failedDeviceCount: 9 });
      exchange.proceed();
    });
    expect(await failure(clientOf(server).edit(appId, addOne))).toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "overtaken",
      failures: [{ status: 412 }, { status: 403 }],
    });
  });

  test("its signal ends the call with its own reason", async () => {
    const stop = new AbortController();
    const server = await serveDoubled(() => stop.abort(new Error("enough")));
    expect(await failure(clientOf(server).edit(appId, addOne, { signal: stop.signal }))).toMatchObject({
      message: "enough",
    });
  });

  test("one that was looked up leaves nothing open: what the read fails with is told", async () => {
    const server = await serveSummary((exchange, { change }) => {
      if (exchange.request.method === "PATCH") change({ failedDeviceCount: 9 });
      if (exchange.request.method === "GET" && exchange.before > 0)
        return sendJson(exchange.response, 403, graphBody("Forbidden"));
      exchange.proceed();
    });
    expect(await failure(clientOf(server).edit(appId, addOne))).toMatchObject({ status: 403 });
  });
});

test.each([
  ["client-request-id", { "client-request-id": "gateway" }],
  ["install-summary-repeated-id", { "install-summary-repeated-id": "gateway" }],
  ["neither, since the server does not say it twice", {}],
])("a 200 that is about another id is no confirmation, whatever sends it: %s", async (_where, named) => {
  const server = await serveSummary((exchange, { change }) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    change({ failedDeviceCount: 5 });
    const repeated = { "install-summary-repeated": "true", ...named };
    rewriteResponse(exchange, (headers) => Object.assign(headers, repeated));
    delete exchange.request.headers["if-match"];
    exchange.proceed();
  });
  const sent = clientOf(server).sendOnce(appId, { failedDeviceCount: 7 }, { ifMatch: 'W/"1"' });
  expect(await failure(sent)).toMatchObject({
    code: "InvalidResponse",
    message: expect.stringContaining("it is about the change of another client-request-id"),
  });
});

/** A gateway that takes ids away and sends writes twice; what comes after the first one is up to the test. */
function serveDoubled(after: (exchange: Exchange) => void): Promise<SummaryServer> {
  let isSent = false;
  return serveSummary((exchange) => {
    if (isSent) return after(exchange);
    if (exchange.request.method === "PATCH") {
      isSent = true;
      delete exchange.request.headers["client-request-id"];
      exchange.commit();
    }
    exchange.proceed();
  });
}
