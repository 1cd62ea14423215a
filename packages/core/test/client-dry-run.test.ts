import { describe, expect, test } from "vitest";
import { warnings } from "../src/patch/warnings.ts";
import { failure, graphBody, openClient } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { sendJson, type Handler } from "./serve.ts";

const patch = { failedDeviceCount: 0 };
const after = sampleSummary(patch);
const found = warnings(sampleSummary(), after);

/** Knows dry runs: nothing is committed, and every answer to one has the list of warnings. */
const knows: Handler = (request, response) => {
  const asked = request.body === "{}" ? { ...sampleSummary(), warnings: [] } : { ...after, warnings: found };
  const { warnings: list, ...summary } = asked;
  sendJson(response, 200, { ...summary, "@installSummary.warnings": list }, { etag: 'W/"1"' });
};

/** Takes no notice of the query. */
const commits: Handler = (request, response) => {
  const patched: object = JSON.parse(request.body);
  sendJson(response, 200, { ...sampleSummary(), ...patched }, { etag: 'W/"2"' });
};

describe("a dry run", () => {
  test("gives what would be, with its warnings and the version that is there", async () => {
    const { client, server } = await openClient(knows);
    expect(await client.update(appId, patch, { dryRun: true, ifMatch: 'W/"1"' })).toEqual({
      summary: after,
      etag: 'W/"1"',
      warnings: found,
    });
    expect(found.map(({ code }) => code)).toEqual(["deviceTotalChanged", "failedUsersWithoutFailedDevices"]);
    for (const { method, url, headers } of server.requests) {
      expect(method).toBe("PATCH");
      expect(url).toMatch(/\/installSummary\?dryRun=true$/);
      expect(headers["if-match"]).toBe('W/"1"');
    }
  });

  test("sends the patch only to a host that supports dry runs, which is found out once", async () => {
    const { client, server } = await openClient(knows);
    await client.update(appId, patch, { dryRun: true });
    await client.update(appId, patch, { dryRun: true });
    expect(server.requests.map(({ body }) => body)).toEqual([
      "{}",
      JSON.stringify(patch),
      JSON.stringify(patch),
    ]);
  });

  test.each<[string, Handler]>([
    ["that commits", commits],
    ["that responds to a PATCH without a body", (_request, response) => response.writeHead(204).end()],
    ["that responds with something else", (_request, response) => response.end("<html>Sign in</html>")],
  ])("is refused for a host %s: it never sees the patch", async (_what, handler) => {
    const { client, server } = await openClient(handler);
    const error = await failure(client.update(appId, patch, { dryRun: true }));
    expect(error).toMatchObject({ name: "ClientError", code: "DryRunNotSupported" });
    expect(String(error)).toContain(server.origin);
    expect(server.requests.map(({ body }) => body)).toEqual(["{}"]);
  });

  test("is not believed where the response does not say that it was one", async () => {
    const { client } = await openClient((request, response, before) => {
      (before === 0 ? knows : commits)(request, response, before);
    });
    const error = await failure(client.update(appId, patch, { dryRun: true }));
    expect(error).toMatchObject({ name: "ClientError", code: "InvalidResponse" });
    expect(String(error)).toContain("may have been made");
  });

  test("is refused by the host as the change would be", async () => {
    const { client, server } = await openClient((request, response, before) => {
      if (before === 0) knows(request, response, before);
      else sendJson(response, 412, { error: { code: "PreconditionFailed", message: "It has changed." } });
    });
    const error = await failure(client.update(appId, patch, { dryRun: true, ifMatch: 'W/"1"' }));
    expect(error).toMatchObject({ code: "PreconditionFailed" });
    expect(server.requests).toHaveLength(2);
  });

  test("without a response changed nothing, so nothing is looked for", async () => {
    const { client, server } = await openClient((request, response, before) => {
      if (before === 0) knows(request, response, before);
      else response.destroy();
    });
    const error = await failure(client.update(appId, patch, { dryRun: true, ifMatch: 'W/"1"' }));
    expect(error).toMatchObject({ name: "NetworkError" });
    expect(server.requests).toHaveLength(2);
  });

  test("that is refused after a 503 is refused: the first one changed nothing", async () => {
    const { client } = await openClient((request, response, before) => {
      if (before === 0) return knows(request, response, before);
      if (before === 1)
        return sendJson(response, 503, graphBody("ServiceUnavailable"), { "retry-after": "0" });
      return sendJson(response, 412, graphBody("PreconditionFailed"));
    });
    const asking = client.update(appId, patch, { dryRun: true, ifMatch: 'W/"1"' });
    expect(await failure(asking)).toMatchObject({ status: 412 });
  });

  test("passes on warnings that it does not know", async () => {
    const later = { code: "somethingNew", message: "New.", counters: ["failedDeviceCount"] };
    const { client } = await openClient((_request, response) => {
      sendJson(response, 200, { ...after, "@installSummary.warnings": [later] }, { etag: 'W/"1"' });
    });
    expect((await client.update(appId, patch, { dryRun: true })).warnings).toEqual([later]);
  });

  test("is validated before anything is sent", async () => {
    const { client, server } = await openClient(knows);
    const error = await failure(client.update(appId, { failedDeviceCount: -1 }, { dryRun: true }));
    expect(error).toMatchObject({ status: 400, target: "failedDeviceCount" });
    expect(server.requests).toEqual([]);
  });
});

test("an update without dry run has no warnings", async () => {
  const { client, server } = await openClient(knows);
  expect(await client.update(appId, patch, { dryRun: false })).not.toHaveProperty("warnings");
  expect(server.requests[0]?.url).toMatch(/\/installSummary$/);
});
