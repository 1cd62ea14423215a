import { describe, expect, test } from "vitest";
import type { InstallSummaryClient } from "../src/client/index.ts";
import type { InstallSummary } from "../src/resource/install-summary.ts";
import { failure, openClient } from "./open-client.ts";
import { appId, sampleApp, sampleSummary } from "./samples.ts";
import { sendJson, serve } from "./serve.ts";

const summaryPath = `/beta/deviceAppManagement/mobileApps/${appId}/installSummary`;
const listPath = "/beta/deviceAppManagement/mobileApps?$expand=installSummary";

describe("get", () => {
  test("reads the summary and the ETag of its version", async () => {
    const { client, server } = await openClient((_request, response) => {
      sendJson(
        response,
        200,
        { "@odata.context": "x", "@odata.type": "y", ...sampleSummary() },
        { etag: 'W/"3"' },
      );
    });
    expect(await client.get(appId.toUpperCase())).toEqual({ summary: sampleSummary(), etag: 'W/"3"' });
    expect(server.requests).toMatchObject([
      {
        method: "GET",
        url: summaryPath,
        headers: { authorization: "Bearer secret", accept: "application/json" },
      },
    ]);
  });

  test("reads the shape that wraps the entity in a value", async () => {
    const { client } = await openClient((_request, response) => {
      sendJson(response, 200, { value: { "@odata.etag": 'W/"4"', ...sampleSummary() } });
    });
    expect(await client.get(appId)).toEqual({ summary: sampleSummary(), etag: 'W/"4"' });
  });

  test("has no ETag where the host sends none", async () => {
    const { client } = await openClient((_request, response) => sendJson(response, 200, sampleSummary()));
    expect(await client.get(appId)).toEqual({ summary: sampleSummary(), etag: undefined });
  });

  test.each([
    [
      "a missing counter",
      without("failedUserCount"),
      "cannot be used: its failedUserCount is missing; it must be a whole number.",
    ],
    [
      "null",
      { ...sampleSummary(), failedUserCount: null },
      "its failedUserCount is null; it must be a whole number.",
    ],
    [
      "text",
      { ...sampleSummary(), failedUserCount: "4" },
      'its failedUserCount is "4"; it must be a whole number.',
    ],
    [
      "a negative counter",
      { ...sampleSummary(), failedUserCount: -1 },
      "its failedUserCount is -1; it must be 0 or more.",
    ],
    [
      "a counter above its maximum",
      { ...sampleSummary(), failedUserCount: 2_147_483_648 },
      "its failedUserCount is 2147483648; it must be 2147483647 or less.",
    ],
    ["half a device", { ...sampleSummary(), failedUserCount: 0.5 }, "is 0.5; it must be a whole number."],
    ["a missing counter in a value", { value: without("failedUserCount") }, "failedUserCount"],
    ["nothing", {}, "its id is missing; it must be a text."],
    ["an id that is no GUID", { ...sampleSummary(), id: "7" }, 'its id is "7"; it must be a GUID.'],
    ["a list", [sampleSummary()], "cannot be used: it is a list; it must be an object."],
    ["another app", foreignSummary(), "11111111-1111-1111-1111-111111111111"],
  ])("refuses a response with %s, and never reads it as zero", async (_what, body, named) => {
    const { client } = await openClient((_request, response) => {
      sendJson(response, 200, body, { etag: 'W/"3"', "request-id": "r1" });
    });
    const error = await failure(client.get(appId));
    expect(error).toMatchObject({ name: "ClientError", code: "InvalidResponse", requestId: "r1" });
    expect(String(error)).toContain(named);
    expect(String(error)).toContain(`GET http://127.0.0.1`);
  });

  test.each([
    [200, "<html>\n<title>Sign in</title> to the hotel</html>", 'it is a page, "Sign in to the hotel".'],
    [200, "<".repeat(1_000_000), 'it is a page, "<<<'],
    [200, `${"<link href='/a.css'>".repeat(200)}<title>Sign in</title>`, 'it is a page, "Sign in".'],
    [200, `<script>${"let a = 1;".repeat(100_000)}</script>`, "it is a page without text."],
    [200, " \r\n", "it is empty (200)."],
    [204, "", "it is empty (204)."],
    [200, "Moved", "it is not JSON. Invalid JSON at line 1, column 1."],
    [200, '{"id":', "it is not JSON. Invalid JSON at line 1, column 7."],
    [
      200,
      '{"error":{"code":"Busy","message":"The store is being moved."}}',
      "it is an error with the status 200, Busy: The store is being moved.",
    ],
    [
      200,
      Buffer.from(JSON.stringify({ ...sampleSummary(), displayName: "Grüße" }), "latin1"),
      "it is not UTF-8, so its texts would come out wrong.",
    ],
    [200, Buffer.from("<p>Grüße</p>", "latin1"), 'it is a page, "Gr'],
  ])("refuses a %i with %.60j", async (status, body, words) => {
    const { client } = await openClient((_request, response) => response.writeHead(status).end(body));
    expect(await failure(client.get(appId))).toMatchObject({
      code: "InvalidResponse",
      message: expect.stringContaining(`cannot be used: ${words}`),
    });
  });

  test.each([
    ["with values", (error: object) => ({ ...sampleSummary(), ...error })],
    ["before values", (error: object) => ({ ...error, ...sampleSummary() })],
    ["beside a value", (error: object) => ({ value: sampleSummary(), ...error })],
    ["in a value", (error: object) => ({ value: { ...sampleSummary(), ...error } })],
  ])("refuses an error %s, and reads past one that is null", async (_what, bodyWith) => {
    let error: unknown;
    const { client } = await openClient((_request, response) =>
      sendJson(response, 200, bodyWith({ error }), { etag: 'W/"3"' }),
    );
    for (const [found, words] of [
      [{ code: "Busy", message: "The store is being moved." }, ", Busy: The store is being moved."],
      ["x", "."],
    ] as const) {
      error = found;
      expect(await failure(client.get(appId))).toMatchObject({
        code: "InvalidResponse",
        message: expect.stringContaining(`cannot be used: it is an error with the status 200${words}`),
      });
    }
    error = null;
    expect(await client.get(appId)).toMatchObject({ summary: sampleSummary() });
  });

  test("sends nothing for an id that is not a GUID", async () => {
    const { client, server } = await openClient((_request, response) =>
      sendJson(response, 200, sampleSummary()),
    );
    expect(await failure(client.get("../secrets"))).toMatchObject({ status: 400, code: "BadRequest" });
    expect(server.requests).toEqual([]);
  });
});

describe("getApp", () => {
  test("reads the app with its summary and the ETag of the summary", async () => {
    const { client, server } = await openClient((_request, response) => {
      sendJson(response, 200, {
        ...sampleApp(),
        "installSummary@odata.context": "x",
        installSummary: { "@odata.etag": 'W/"3"', "@odata.type": "y", ...sampleSummary() },
      });
    });
    expect(await client.getApp(appId)).toEqual({
      ...sampleApp(),
      installSummary: sampleSummary(),
      etag: 'W/"3"',
    });
    expect(server.requests[0]?.url).toBe(
      `/beta/deviceAppManagement/mobileApps/${appId}?$expand=installSummary`,
    );
  });

  test("refuses an app without its summary", async () => {
    const { client } = await openClient((_request, response) => sendJson(response, 200, sampleApp()));
    const error = await failure(client.getApp(appId));
    expect(error).toMatchObject({ code: "InvalidResponse" });
    expect(String(error)).toContain("installSummary");
  });
});

describe("list", () => {
  const ids = ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002", appId];

  test("follows the links from page to page", async () => {
    const { client, server } = await openClient((request, response) => {
      const page = Number(new URL(request.url, "http://x").searchParams.get("$skiptoken") ?? 0);
      const next = `http://${request.headers.host}/beta/deviceAppManagement/mobileApps?$skiptoken=${page + 1}`;
      sendJson(response, 200, {
        value: [listed(ids[page] ?? "")],
        ...(page < 2 && { "@odata.nextLink": next }),
      });
    });
    const found = [];
    for await (const one of client.list()) found.push([one.id, one.etag, one.installSummary.failedUserCount]);
    expect(found).toEqual(ids.map((id) => [id, 'W/"5"', 15]));
    expect(server.requests.map((request) => request.url)).toEqual([
      listPath,
      "/beta/deviceAppManagement/mobileApps?$skiptoken=1",
      "/beta/deviceAppManagement/mobileApps?$skiptoken=2",
    ]);
  });

  test("fetches a page only when it is reached", async () => {
    const { client, server } = await openClient((request, response) => {
      sendJson(response, 200, {
        value: [listed(appId)],
        "@odata.nextLink": `http://${request.headers.host}/beta/x`,
      });
    });
    for await (const one of client.list()) {
      expect(one.id).toBe(appId);
      break;
    }
    expect(server.requests).toHaveLength(1);
  });

  test("says what is searched and how large a page is, so that any server understands it", async () => {
    const { client, server } = await openClient((_request, response) =>
      sendJson(response, 200, { value: [], "@odata.count": 0 }),
    );
    for await (const page of client.pages({ search: " 7-Zip & more ", top: 20, count: true })) {
      expect(page).toEqual({ apps: [], count: 0, isLast: true });
    }
    expect(server.requests[0]?.url).toBe(`${listPath}&$top=20&$search=7-Zip%20%26%20more&$count=true`);
  });

  test("leaves out an empty search", async () => {
    const { client, server } = await openClient((_request, response) =>
      sendJson(response, 200, { value: [] }),
    );
    for await (const page of client.pages({ search: " " })) expect(page).toEqual({ apps: [], isLast: true });
    expect(server.requests[0]?.url).toBe(listPath);
  });

  test("never follows a link to another origin, where the token would go along", async () => {
    const other = await serve((_request, response) => sendJson(response, 200, { value: [] }));
    const { client } = await openClient((_request, response) => {
      sendJson(response, 200, {
        value: [listed(appId)],
        "@odata.nextLink": `${other.baseUrl}/deviceAppManagement/mobileApps`,
      });
    });
    const found: string[] = [];
    const reading = (async () => {
      for await (const one of client.list()) found.push(one.id);
    })();
    const error = await failure(reading);
    expect(error).toMatchObject({ code: "InvalidResponse" });
    expect(String(error)).toContain(
      `its @odata.nextLink leads to another origin, ${other.origin}, and is not followed. If a proxy is in front of the ` +
        "server, tell the server under which origin it is reached: a facade by its setting publicUrl or proxies.",
    );
    expect(found).toEqual([appId]);
    expect(other.requests).toEqual([]);
  });

  test("stops at a link to the same page", async () => {
    const { client, server } = await openClient((request, response) => {
      sendJson(response, 200, {
        value: [],
        "@odata.nextLink": `http://${request.headers.host}${request.url}`,
      });
    });
    expect(await failure(drain(client.list()))).toMatchObject({ code: "InvalidResponse" });
    expect(server.requests).toHaveLength(1);
  });

  test.each<[string, (client: InstallSummaryClient) => AsyncIterable<unknown>]>([
    ["list", (client) => client.list()],
    ["pages", (client) => client.pages()],
  ])("gives up a hundred empty pages in a row: %s", async (_what, read) => {
    const { client, server } = await openClient((request, response, before) => {
      const next = `http://${request.headers.host}/beta/deviceAppManagement/mobileApps?page=${before}`;
      sendJson(response, 200, { value: before === 50 ? [listed(appId)] : [], "@odata.nextLink": next });
    });
    const reading = (async () => {
      for await (const one of read(client)) expect(one).toBeDefined();
    })();
    expect(String(await failure(reading))).toContain(
      "it is the page number 100 in a row without an app, and names one more.",
    );
    // Fifty more came before the only app.
    expect(server.requests).toHaveLength(151);
  });

  test.each([1, 2])("ends at once when its signal is aborted at app %i of a page", async (count) => {
    const { client, server } = await openClient((_request, response) =>
      sendJson(response, 200, { value: ids.map(listed) }),
    );
    const controller = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { id } of client.list({ signal: controller.signal })) {
        seen.push(id);
        if (seen.length === count) controller.abort(new Error("enough"));
      }
    })();
    expect(await failure(reading)).toMatchObject({ message: "enough" });
    expect([seen, server.requests.length]).toEqual([ids.slice(0, count), 1]);
  });

  test("stops at a circle of pages", async () => {
    const { client, server } = await openClient((request, response, before) => {
      const next = `http://${request.headers.host}/beta/page${before % 2}`;
      sendJson(response, 200, { value: [], "@odata.nextLink": next });
    });
    expect(await failure(drain(client.list()))).toMatchObject({ code: "InvalidResponse" });
    expect(server.requests).toHaveLength(3);
  });

  test("refuses a link with a password, and does not repeat it", async () => {
    const { client, server } = await openClient((request, response) => {
      const next = `http://me:hunter2@${request.headers.host}/beta/x`;
      sendJson(response, 200, { value: [], "@odata.nextLink": next });
    });
    const error = await failure(drain(client.list()));
    expect(error).toMatchObject({ code: "InvalidResponse" });
    expect(String(error)).not.toContain("hunter2");
    expect(server.requests).toHaveLength(1);
  });

  test("refuses a page with an app whose summary lacks a counter", async () => {
    const { client } = await openClient((_request, response) => {
      sendJson(response, 200, {
        value: [listed(appId), { ...sampleApp(), installSummary: without("installedDeviceCount") }],
      });
    });
    const error = await failure(drain(client.list()));
    expect(error).toMatchObject({ code: "InvalidResponse" });
    expect(String(error)).toContain("value[1].installSummary.installedDeviceCount");
  });
});

async function drain(iterable: AsyncIterable<unknown>): Promise<void> {
  for await (const one of iterable) void one;
}

function without(name: keyof InstallSummary): Partial<InstallSummary> {
  const { [name]: _, ...others } = sampleSummary();
  return others;
}

function foreignSummary(): InstallSummary {
  return { ...sampleSummary(), id: "11111111-1111-1111-1111-111111111111" };
}

function listed(id: string): unknown {
  return { ...sampleApp(), id, installSummary: { "@odata.etag": 'W/"5"', ...sampleSummary(), id } };
}
