import { expect, test } from "vitest";
import { exampleApp, exampleSummary } from "../../resource/example.ts";
import { createMemoryService, type MemoryService } from "../memory/memory-service.ts";
import type { SendRequest, SentRequest } from "./check-pair.ts";
import { checkRace } from "./check-race.ts";

const run = { appId: exampleSummary.id };

test("a server that compares and writes in one step differs nowhere", async () => {
  expect(await checkRace(openService().send, run)).toEqual([]);
});

test("a server that compares an ETag first and writes later is found", async () => {
  const { service, send } = openService();
  const inTwoSteps: SendRequest = async (request) => {
    if (request.method !== "PATCH") return send(request);
    const { etag } = Object.fromEntries((await send({ ...request, method: "GET", headers: {} })).headers);
    const { "if-match": ifMatch, ...headers } = request.headers;
    return etag === ifMatch ? send({ ...request, headers }) : send(request);
  };
  expect(await checkRace(inTwoSteps, run)).toEqual([
    'round 1: of 8 writers with the ETag W/"1", one must get 200 and the others 412, but they got 200 200 200 200 200 200 200 200',
  ]);
  expect(service.current(run.appId).version).toBe(9);
});

test("a server that reports one change and keeps another is found", async () => {
  const { service, send } = openService();
  const mixedUp: SendRequest = async (request) => {
    const response = await send(request);
    if (response.status === 412) service.change(run.appId, { failedDeviceCount: 7 });
    return response;
  };
  const [difference] = await checkRace(mixedUp, run);
  expect(difference).toContain(
    'GET must return the change of the writer that got 200, failedDeviceCount 1000001 under W/"2", but is 7 under W/"3"',
  );
});

test("a server without ETags or without a response is found", async () => {
  const { send } = openService();
  const withoutETags: SendRequest = async (request) => new Response(await (await send(request)).text());
  expect(await checkRace(withoutETags, run)).toEqual([
    expect.stringMatching(/^round 1: GET must return a summary with an ETag but is \{"@odata\.context"/),
  ]);
  expect(await checkRace(() => Promise.reject(new TypeError("fetch failed")), run)).toEqual([
    "no usable response: fetch failed",
  ]);
});

function openService(): { readonly service: MemoryService; readonly send: SendRequest } {
  const service = createMemoryService({ apps: [{ ...exampleApp, installSummary: exampleSummary }] });
  const send = ({ path, method, headers, body }: SentRequest): Promise<Response> =>
    service.fetch(`https://intune.example/beta${path}`, {
      method,
      headers: { ...headers, authorization: "Bearer any" },
      ...(body !== undefined && method !== "GET" && { body }),
    });
  return { service, send };
}
