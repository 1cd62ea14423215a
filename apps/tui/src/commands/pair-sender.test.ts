import { afterEach, expect, test, vi } from "vitest";
import { pairSender } from "./pair-sender.ts";

afterEach(() => vi.unstubAllGlobals());

const request = { path: "/x", headers: {}, identity: "writer" } as const;
const parts = { baseUrl: "http://host/beta", writer: "token", reader: undefined };

test.each([
  ["GET", true],
  ["HEAD", true],
  ["PATCH", false],
  ["POST", false],
  ["DELETE", false],
] as const)("a stop ends a %s on its way at once: %s", async (method, isEnded) => {
  const stop = new AbortController();
  const given: (AbortSignal | null | undefined)[] = [];
  vi.stubGlobal("fetch", async (_: string, init?: RequestInit) => {
    given.push(init?.signal);
    return new Response();
  });
  const { send } = pairSender({ ...parts, signal: stop.signal });
  await send({ ...request, method });
  stop.abort();
  expect(given.map((signal) => signal?.aborted)).toEqual([isEnded]);
});

test.each([
  ["PATCH", 200, false],
  ["PATCH", 412, false],
  ["PATCH", 500, false],
  ["PATCH", 502, true],
  ["PATCH", 504, true],
  ["PATCH", undefined, true],
  ["GET", 504, false],
  ["GET", undefined, false],
] as const)("whether a %s that ended in %s may still arrive: %s", async (method, status, mayArrive) => {
  vi.stubGlobal("fetch", async () => {
    if (status === undefined) throw new TypeError("fetch failed");
    return new Response(null, { status });
  });
  const sender = pairSender({ ...parts, signal: new AbortController().signal });
  expect(sender.mayArrive()).toBe(false);
  await sender.send({ ...request, method }).catch(() => undefined);
  expect(sender.mayArrive()).toBe(mayArrive);
});
