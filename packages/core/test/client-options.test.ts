import { describe, expect, test } from "vitest";
import { createInstallSummaryClient } from "../src/client/index.ts";
import { clientOf, failure } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary } from "./serve-summary.ts";
import { sendJson, serve } from "./serve.ts";

const summaryPath = `/beta/deviceAppManagement/mobileApps/${appId}/installSummary`;

describe("the options", () => {
  test.each(["", "127.0.0.1:8420/beta", "ftp://example.org/beta", "/beta"])(
    "refuse %j as a base URL",
    (baseUrl) => {
      expect(() => createInstallSummaryClient({ baseUrl, token: () => "secret" })).toThrowError(/base URL/);
    },
  );

  test.each([
    ["timeout", 0],
    ["timeout", Number.NaN],
    ["timeout", 3_000_000_000],
    ["tokenTimeout", 0],
    ["retry", -1],
    ["retry", 1.5],
    ["retry", Number.NaN],
  ])("refuse a %s of %d at the start", (name, value) => {
    const options = { baseUrl: "http://127.0.0.1/beta", token: () => "secret", [name]: value };
    expect(() => createInstallSummaryClient(options)).toThrowError(new RegExp(`^${name} must be`));
  });

  test("refuse a password in the base URL, and do not repeat it", async () => {
    const baseUrl = "https://me:hunter2@example.org/beta";
    const error = await failure(
      (async () => createInstallSummaryClient({ baseUrl, token: () => "secret" }))(),
    );
    expect(String(error)).toContain("password");
    expect(String(error)).not.toContain("hunter2");
  });

  test("give the base URL with or without a slash at its end, the headers, and the fetch", async () => {
    const server = await serve((_request, response) => sendJson(response, 200, sampleSummary()));
    let fetched = 0;
    const client = createInstallSummaryClient({
      baseUrl: `${server.baseUrl}/`,
      token: () => "secret",
      headers: { "user-agent": "tests" },
      fetch: (input, init) => {
        fetched += 1;
        return fetch(input, init);
      },
    });
    await client.get(appId);
    expect(server.requests).toMatchObject([{ url: summaryPath, headers: { "user-agent": "tests" } }]);
    expect(fetched).toBe(1);
  });

  test("of a call add its headers to every request that it makes, and never replace the client's own", async () => {
    const server = await serveSummary(({ proceed }) => proceed());
    const client = clientOf(server);
    const headers = { "x-trace": "t1", "install-summary-origin": "undo" };
    await client.get(appId, { headers });
    await client.update(appId, { failedDeviceCount: 0 }, { headers, origin: "command" });
    await client.edit(appId, () => ({ failedDeviceCount: 9 }), { headers, origin: "editor" });
    expect(server.requests.map((request) => request.headers["x-trace"])).toEqual(["t1", "t1", "t1", "t1"]);
    const patches = server.requests.filter(({ method }) => method === "PATCH");
    const origins = patches.map((request) => request.headers["install-summary-origin"]);
    expect(origins).toEqual(["command", "editor"]);
  });
});

test("results carry the id of their request, and callbacks get frozen copies", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  const client = clientOf(server);
  expect(await client.get(appId)).toHaveProperty("requestId", expect.any(String));
  const frozen: boolean[] = [];
  const edited = await client.edit(appId, (summary) => {
    frozen.push(Object.isFrozen(summary));
    return { failedDeviceCount: 0 };
  });
  expect(edited).toHaveProperty("requestId", expect.any(String));
  expect(frozen).toEqual([true]);
});
