import { describe, expect, test, vi } from "vitest";
import { createInstallSummaryClient } from "../../client/index.ts";
import { exampleApp, exampleSummary } from "../../resource/example.ts";
import { checkPair, type SentRequest } from "../check/check-pair.ts";
import { goldenPairs } from "../pairs/golden-pairs.ts";
import type { MemoryFault } from "./faults.ts";
import { createMemoryService, type MemoryService } from "./memory-service.ts";
import type { MemoryApp } from "./seed-apps.ts";

const baseUrl = "https://intune.example/beta";
const appId = exampleSummary.id;
const otherId = "11111111-1111-4111-8111-111111111111";
const summaryUrl = `${baseUrl}/deviceAppManagement/mobileApps/${appId}/installSummary`;
const listUrl = `${baseUrl}/deviceAppManagement/mobileApps`;

describe("the golden pairs", () => {
  const { send } = openService();
  const run = { appId, etags: new Map<string, string>() };

  test.each(goldenPairs)("$number. $name", async (pair) => {
    expect(await checkPair(pair, send, run)).toEqual([]);
  });
});

test("a page without HTTPS, where only some of crypto is there, can read and change", async () => {
  const random = crypto.getRandomValues.bind(crypto);
  vi.stubGlobal("crypto", { getRandomValues: random });
  try {
    const { service } = openService();
    const client = createInstallSummaryClient({ baseUrl, fetch: service.fetch, token: () => "writer" });
    expect(await client.get(appId)).toMatchObject({ requestId: expect.stringMatching(/^[\da-f-]{36}$/) });
    expect(await client.update(appId, { failedDeviceCount: 8 })).toMatchObject({
      summary: { failedDeviceCount: 8 },
    });
  } finally {
    vi.unstubAllGlobals();
  }
});

describe("a request that arrives twice", () => {
  const headers = { "if-match": 'W/"1"', "client-request-id": "7c2e" };
  test("is applied once, and the second response is a success that says so", async () => {
    const { service, send } = openDoubled();
    expect(repeated(await send({ failedDeviceCount: 8 }, headers))).toBeNull();
    service.change(appId, { failedDeviceCount: 9 });
    const second = await send({ failedDeviceCount: 8 }, headers);
    expect([second.status, second.headers.get("etag"), repeated(second)]).toEqual([200, 'W/"3"', "true"]);
    expect(await second.json()).toMatchObject({ failedDeviceCount: 9 });
    const minimal = await send({ failedDeviceCount: 8 }, { ...headers, prefer: "return=minimal" });
    expect([minimal.status, minimal.headers.get("etag"), repeated(minimal)]).toEqual([204, 'W/"3"', "true"]);
    expect(service.current(appId).version).toBe(3);
  });

  test("under the same id with other values, or under another id, is a 412 that says so", async () => {
    const { service, send } = openDoubled();
    await send({ failedDeviceCount: 8 }, headers);
    const others = [
      await send({ failedDeviceCount: 9 }, headers),
      await send({ failedDeviceCount: 8 }, { ...headers, "client-request-id": "other" }),
    ];
    expect(others.map((response) => [response.status, repeated(response)])).toEqual([
      [412, "false"],
      [412, "false"],
    ]);
    const unknown = [
      await send({ failedDeviceCount: 8 }, { "if-match": 'W/"1"' }),
      await send({ failedDeviceCount: 8 }, { ...headers, "if-match": 'W/"7"' }),
      await send({ failedDeviceCount: 8 }, { ...headers, "if-none-match": "*" }),
    ];
    expect(unknown.map((response) => [response.status, repeated(response)])).toEqual(
      unknown.map(() => [412, null]),
    );
    expect(service.current(appId).version).toBe(2);
  });
});

describe("a fault of the next request", () => {
  test.each<[MemoryFault["when"], number, string]>([
    ["before", 503, "ServiceUnavailable"],
    ["after", 503, "ServiceUnavailable"],
    ["before", 500, "InternalServerError"],
    ["after", 408, "RequestTimeout"],
  ])("%s the effect: status %i", async (when, how, code) => {
    const { service, patch } = openService();
    service.breakNext({ when, how });
    const response = await patch({ failedDeviceCount: 8 });
    expect(response.status).toBe(how);
    expect(await response.json()).toMatchObject({
      error: { code, innerError: { date: expect.any(String) } },
    });
    expect(service.current(appId).summary.failedDeviceCount).toBe(when === "after" ? 8 : 1);
    expect((await patch({ failedDeviceCount: 9 })).status, "it happens once").toBe(200);
  });

  test("a status outside the contract comes as a page of HTML, as from a gateway", async () => {
    const { service, patch } = openService();
    service.breakNext({ when: "before", how: 502 });
    const response = await patch({ failedDeviceCount: 8 });
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(await response.text()).toContain("502");
  });

  test.each(["before", "after"] as const)("%s the effect: the connection drops", async (when) => {
    const { service, patch } = openService();
    service.breakNext({ when, how: "drop" });
    await expect(patch({ failedDeviceCount: 8 })).rejects.toThrow(TypeError);
    expect(service.current(appId).summary.failedDeviceCount).toBe(when === "after" ? 8 : 1);
  });

  test.each(["before", "after"] as const)("%s the effect: no response comes", async (when) => {
    const { service, patch } = openService();
    service.breakNext({ when, how: "hang" });
    const controller = new AbortController();
    const sent = patch({ failedDeviceCount: 8 }, controller.signal);
    await service.fetch(summaryUrl, authorized);
    expect(service.current(appId).summary.failedDeviceCount).toBe(when === "after" ? 8 : 1);
    controller.abort(new Error("enough"));
    await expect(sent).rejects.toThrow("enough");
  });

  test("after the effect: the response comes late", async () => {
    const { service, patch } = openService();
    service.breakNext({ when: "after", how: "late" });
    let isThere = false;
    const sent = patch({ failedDeviceCount: 8 }).finally(() => (isThere = true));
    const seen = await service.fetch(summaryUrl, authorized);
    expect(isThere).toBe(false);
    expect(await seen.json()).toMatchObject({ failedDeviceCount: 8 });
    expect((await sent).headers.get("etag")).toBe('W/"2"');
  });

  test("before the effect: the change itself comes late, even where its sender no longer waits", async () => {
    const { service, patch } = openService();
    service.breakNext({ when: "before", how: "late" });
    const controller = new AbortController();
    const sent = patch({ failedDeviceCount: 8 }, controller.signal);
    controller.abort(new Error("enough"));
    await expect(sent).rejects.toThrow("enough");
    const seen = await service.fetch(summaryUrl, authorized);
    expect(await seen.json()).toMatchObject({ failedDeviceCount: 1 });
    expect(service.current(appId)).toMatchObject({ summary: { failedDeviceCount: 8 }, version: 2 });
  });

  test("happens in order, and to a request of its method", async () => {
    const { service, patch } = openService();
    service.breakNext({ when: "before", how: 429, method: "PATCH" });
    service.breakNext({ when: "before", how: 503 });
    service.breakNext({ when: "before", how: 500, method: "PATCH" });
    const statuses: number[] = [];
    for (const send of [() => service.fetch(summaryUrl, authorized), () => patch({}), () => patch({})]) {
      statuses.push((await send()).status);
    }
    expect(statuses).toEqual([503, 429, 500]);
  });

  test.each([200, 399, 600, 404.5])("a status of %d is refused", (how) => {
    const { service } = openService();
    expect(() => service.breakNext({ when: "before", how })).toThrow("from 400 to 599");
  });
});

test("reset returns to the beginning and drops open requests", async () => {
  const { service, patch } = openService();
  await patch({ failedDeviceCount: 8 });
  service.breakNext({ when: "before", how: "late" });
  const late = patch({ failedDeviceCount: 9 });
  service.breakNext({ when: "before", how: "hang" });
  const hanging = patch({ failedDeviceCount: 10 });
  service.breakNext({ when: "before", how: 500 });
  const settled = Promise.allSettled([late, hanging]);
  service.reset();
  expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const response = await service.fetch(summaryUrl, authorized);
  expect(response.headers.get("etag")).toBe('W/"1"');
  expect(service.current(appId).summary).toEqual(exampleSummary);
});

test("a change by another client makes a new version, unless it changes nothing", () => {
  const { service } = openService();
  service.change(appId, { failedDeviceCount: 1 });
  expect(service.current(appId).version).toBe(1);
  service.change(appId, { failedDeviceCount: 2 });
  expect(service.current(appId)).toEqual({
    summary: { ...exampleSummary, failedDeviceCount: 2 },
    version: 2,
  });
  expect(() => service.change(appId, { failedDeviceCount: -1 })).toThrow("must be between");
  expect(() => service.change("22222222-2222-4222-8222-222222222222", {})).toThrow("No mobile app");
});

test("core's client works with the service: a change with a lost response was made", async () => {
  const { service } = openService();
  const client = createInstallSummaryClient({ baseUrl, token: () => "writer", fetch: service.fetch });
  service.breakNext({ when: "after", how: "drop", method: "PATCH" });
  await client.update(appId, { failedDeviceCount: 8 });
  const preview = await client.update(appId, { failedDeviceCount: 0 }, { dryRun: true });
  expect(preview.summary.failedDeviceCount).toBe(0);
  const names: (string | null)[] = [];
  for await (const app of client.list({ top: 1, search: "contoso" })) names.push(app.displayName);
  expect(names).toEqual(["Contoso Mail", "Contoso Portal"]);
  expect(service.current(appId)).toMatchObject({ summary: { failedDeviceCount: 8 }, version: 2 });
});

describe("without tokens", () => {
  const service = createMemoryService({ apps: [exampleApp], pageSize: 1 });

  test("every bearer token may write, and a missing one is 401", async () => {
    const patch = {
      method: "PATCH",
      headers: { ...authorized.headers, ...json },
      body: '{"failedDeviceCount":2}',
    };
    expect((await service.fetch(summaryUrl, patch)).status).toBe(200);
    expect((await service.fetch(summaryUrl)).status).toBe(401);
  });

  test.each([
    ["another version", "https://intune.example/v2/me", 404, "Invalid version: v2"],
    ["Graph's other version", "https://intune.example/v1.0/me", 400, "are served under /beta"],
    ["another path", `${baseUrl}/me`, 400, "'me'"],
    ["a filter that cannot be parsed", `${listUrl}?$filter=id%20eq`, 400, "Invalid filter clause: "],
    ["an order by what there is not", `${listUrl}?$orderby=size`, 400, "Invalid order clause: "],
    ["an unknown operator of a search", `${listUrl}?$search=a%20OR%20b`, 400, "does not support 'OR' here"],
    [
      "a search in another property",
      `${listUrl}?$search="owner:a"`,
      400,
      "looks in displayName and publisher",
    ],
    ["half a percent-encoding", `${listUrl}/%zz`, 400, "is not percent-encoded"],
    ["$skip of a text", `${listUrl}?$skip=two`, 400, "Invalid value 'two' for $skip query option found."],
  ])("%s is an error with its reason", async (_what, url, status, message) => {
    const response = await service.fetch(url, authorized);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(message);
  });
});

test("pages have the given size, and a search finds words, quoted words and properties", async () => {
  const apps = ["Alpha Mail", "beta mail", "Beta Portal"].map((displayName, index) => ({
    id: `0000000${index}-0000-4000-8000-000000000000`,
    displayName,
    publisher: index === 0 ? "Beta Ltd" : "Contoso",
  }));
  const service = createMemoryService({ apps, pageSize: 2 });
  const found = async (query: string): Promise<readonly string[]> => {
    const response = await service.fetch(`${listUrl}?${query}`, authorized);
    const { value }: { value: readonly { displayName: string }[] } = JSON.parse(await response.text());
    return value.map(({ displayName }) => displayName);
  };
  expect(await found("")).toEqual(["Alpha Mail", "beta mail"]);
  expect(await found("$search=mail%20AND%20beta")).toEqual(["Alpha Mail", "beta mail"]);
  expect(await found('$search="displayName:beta"')).toEqual(["beta mail", "Beta Portal"]);
  expect(await found('$search="beta%20portal"')).toEqual(["Beta Portal"]);
});

test("an app of a recorded page is served unchanged, without members that are not properties", async () => {
  const { service } = openService();
  const item = `${listUrl}/${appId}?$expand=installSummary`;
  const recorded: MemoryApp = await (await service.fetch(item, authorized)).json();
  const listed = { ...recorded, etag: 'W/"1"' };
  const again = createMemoryService({ apps: [listed] });
  expect(await (await again.fetch(item, authorized)).json()).toEqual(recorded);
});

test.each<[unknown, string]>([
  [null, "options of createMemoryService must be a plain object; got null."],
  [{}, "apps in options of createMemoryService must be a list; got undefined."],
  [
    { apps: [], pagesize: 2 },
    'options of createMemoryService cannot have "pagesize". Did you mean pageSize?',
  ],
  [{ apps: [null] }, "an app of a memory service must be a plain object; got null."],
])("a service of %j is refused with a sentence", (value, told) => {
  expect(() => createMemoryService(JSON.parse(JSON.stringify(value)))).toThrow(told);
});

test.each<[object, string]>([
  [{ when: "afterwards", how: "drop" }, 'when of breakNext must be before or after; got "afterwards".'],
  [{ when: "after", how: "dorp" }, 'how of breakNext must be a status, drop or hang or late; got "dorp".'],
  [{ when: "after", how: "drop", method: 7 }, "method of breakNext must be a text such as PATCH; got 7."],
  [
    { when: "after", how: "drop", methods: "GET" },
    'fault of breakNext cannot have "methods". Did you mean method?',
  ],
])("a fault that would never happen, %j, is refused", (fault, told) => {
  const { service } = openService();
  expect(() => service.breakNext(JSON.parse(JSON.stringify(fault)))).toThrow(new TypeError(told));
});

test("impossible apps are refused", () => {
  const create = (app: object): MemoryService => createMemoryService({ apps: [{ id: appId, ...app }] });
  expect(() => create({ id: "nope" })).toThrow("'nope' is not a GUID.");
  expect(() => create({ installSummary: { failedDevicesCount: 1 } })).toThrow(
    "Did you mean 'failedDeviceCount'?",
  );
  expect(() => create({ installSummary: { failedDeviceCount: 1.5 } })).toThrow("must be a whole number");
  expect(() => create({ version: 1.5 })).toThrow(RangeError);
  expect(() => createMemoryService({ apps: [], pageSize: 0 })).toThrow("pageSize is a whole number from 1");
  expect(() => createMemoryService({ apps: [{ id: appId }, { id: appId.toUpperCase() }] })).toThrow(
    `Two apps have the id '${appId}'.`,
  );
});

const json = { "content-type": "application/json" };
const authorized = { headers: { authorization: "Bearer writer" } };

function openService(): {
  readonly service: MemoryService;
  readonly send: (request: SentRequest) => Promise<Response>;
  readonly patch: (counters: object, signal?: AbortSignal) => Promise<Response>;
} {
  const service = createMemoryService({
    apps: [
      { ...exampleApp, installSummary: exampleSummary },
      { id: otherId, displayName: "Contoso Mail" },
    ],
    token: "writer",
    readerToken: "reader",
  });
  return {
    service,
    async send({ method, path, headers, body, identity }) {
      const token: Record<string, string> =
        identity === "none" ? {} : { authorization: `Bearer ${identity}` };
      const response = await service.fetch(baseUrl + path, {
        method,
        headers: { ...headers, ...token },
        ...(body !== undefined && { body }),
      });
      return Object.defineProperty(response, "url", { value: new URL(baseUrl + path).href });
    },
    patch: (counters, signal) =>
      service.fetch(summaryUrl, {
        method: "PATCH",
        headers: { ...authorized.headers, ...json },
        body: JSON.stringify(counters),
        signal: signal ?? null,
      }),
  };
}

function repeated(response: Response): string | null {
  return response.headers.get("install-summary-repeated");
}

function openDoubled(): {
  readonly service: MemoryService;
  readonly send: (patch: object, headers: Readonly<Record<string, string>>) => Promise<Response>;
} {
  const { service } = openService();
  const send = (patch: object, sent: Readonly<Record<string, string>>): Promise<Response> =>
    service.fetch(summaryUrl, {
      method: "PATCH",
      headers: { ...sent, ...authorized.headers, "content-type": "application/json" },
      body: JSON.stringify(patch),
    });
  return { service, send };
}
