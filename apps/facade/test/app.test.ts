import { graphError } from "@install-summary/core";
import { LimitError, shuttingDown, toGraphError } from "@install-summary/core/service";
import * as fc from "fast-check";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createApp, type App, type AppParts } from "../src/app.ts";
import { importReport } from "../src/import/import-report.ts";
import { gunzip } from "../src/http/gunzip.ts";
import type { Refusable } from "../src/http/refusable.ts";
import { openReference } from "../src/open-reference.ts";
import { readSettings } from "../src/settings/read-settings.ts";
import { defaultLimits, defaultPolicy } from "../src/settings/settings.ts";
import { apps, read, summary } from "./facades.ts";
import { addApps, appId, sampleApp, tenantId } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

type Logged = Record<string, unknown>;

/** The app without a server and without tokens: requests go in, responses come out, and log lines. */
async function openApp(parts: Partial<AppParts> = {}): Promise<{
  readonly app: App;
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  readonly lines: readonly Logged[];
}> {
  const lines: Logged[] = [];
  const store = await openTestStore();
  await addApps(store, [sampleApp()]);
  const app = createApp({
    store,
    authenticate: () => ({
      tenantId,
      actor: "ada",
      kind: "user",
      permissions: ["DeviceManagementApps.ReadWrite.All"],
    }),
    gunzip,
    policy: defaultPolicy,
    limits: defaultLimits,
    hosts: [],
    place: { publicUrl: undefined, proxies: [] },
    crossOriginHeaders: () => undefined,
    checkIssuer: () => undefined,
    closing: new AbortController().signal,
    reference: openReference(readSettings({ folder: temporaryFolder() })),
    importReport: (source, options) =>
      importReport(store, source, { ...options, scratch: temporaryFolder(), limits: defaultLimits }),
    log: pino({ level: "debug" }, { write: (line) => void lines.push(JSON.parse(line)) }),
    ...parts,
  });
  return {
    app,
    lines,
    request: async (path, init) => app(new Request(`http://localhost${path}`, init)),
  };
}

test("any request gets a response in the contract's form that is not a 5xx", async () => {
  const { request } = await openApp();
  const segment = fc.oneof(
    fc.constantFrom(
      "beta",
      "deviceAppManagement",
      "mobileApps",
      appId,
      "installSummary",
      "v1.0",
      `mobileApps('${appId}')`,
    ),
    fc.string({ unit: "binary" }).map((text) => encodeURIComponent(text.toWellFormed())),
    fc.webSegment(),
  );
  const path = fc.oneof(
    fc.constantFrom(summary, apps),
    fc.array(segment).map((segments) => `/${segments.join("/")}`),
  );
  const option = fc.constantFrom(
    "$select=id",
    "$expand=*",
    "$top=1",
    "$top=-1",
    "filter=x",
    "$search=a",
    "_=1",
    "%zz",
    "$count=true",
  );
  const headers = fc.dictionary(
    fc.constantFrom(
      "accept",
      "prefer",
      "if-match",
      "if-none-match",
      "content-type",
      "content-encoding",
      "odata-version",
      "client-request-id",
    ),
    fc.oneof(
      fc.constantFrom("application/json", "*/*", "*", 'W/"1"', "gzip", "return=minimal", "4.0"),
      fc.stringMatching(/^[ -~]*$/),
    ),
  );
  const method = fc.constantFrom("GET", "PATCH", "HEAD", "OPTIONS", "DELETE", "POST");
  const body = fc.oneof(fc.json(), fc.string(), fc.constant('{"failedDeviceCount":2}'));
  const call = fc.record({ path, query: fc.array(option), headers, method, body });
  await fc.assert(
    fc.asyncProperty(call, async ({ path: target, query, headers: sent, method: verb, body: text }) => {
      const init = { method: verb, headers: sent, ...(!/GET|HEAD/.test(verb) && { body: text }) };
      const response = await request(`${target}?${query.join("&")}`, init);
      expect(response.status).toBeLessThan(500);
      expect(response.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
      const told = await response.text();
      const error = response.status >= 400 && verb !== "HEAD" ? JSON.parse(told).error : undefined;
      expect(error?.innerError["request-id"] ?? response.headers.get("request-id")).toBe(
        response.headers.get("request-id"),
      );
    }),
    { numRuns: 500 },
  );
});

describe("an error of the service", () => {
  test("is a 500 without its reason, which the log has under the request id", async () => {
    const { request, lines } = await openApp({
      authenticate: () => {
        throw new TypeError("secret");
      },
    });
    const response = await request(summary);
    const { error } = await read(response);
    expect([response.status, error.code]).toEqual([500, "InternalServerError"]);
    expect(JSON.stringify(error)).not.toContain("secret");
    expect(lines).toMatchObject([
      { level: 50, status: 500, requestId: response.headers.get("request-id"), err: { message: "secret" } },
    ]);
  });

  test("that is temporary says when to retry", async () => {
    const store = await openTestStore();
    await store.close();
    const { request } = await openApp({ store });
    for (const path of [summary, "/readyz"]) {
      const response = await request(path);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect((await request("/livez")).status).toBe(200);
  });
});

test("a summary at hand is read and sent in one turn", async () => {
  const { app } = await openApp();
  expect(app(new Request(`http://localhost${summary}`))).toMatchObject({ status: 200 });
});

test("a service that shuts down is not ready", async () => {
  const { request } = await openApp({ closing: AbortSignal.abort() });
  expect((await request("/readyz")).status).toBe(503);
  expect((await request(summary)).status).toBe(200);
});

describe("the log", () => {
  test("has a line per request that names its caller and what was asked", async () => {
    const { request, lines } = await openApp();
    const patch = await request(summary, {
      method: "PATCH",
      headers: { "Content-Type": "application/json", "client-request-id": "mine" },
      body: '{"failedDeviceCount":9}',
    });
    await request("/beta/nope");
    await request("/livez");
    expect(lines).toEqual([
      expect.objectContaining({
        level: 30,
        requestId: patch.headers.get("request-id"),
        clientRequestId: "mine",
        method: "PATCH",
        resource: "summary",
        app: appId,
        tenant: tenantId,
        actor: "ada",
        status: 200,
        ms: expect.any(Number),
        msg: "served",
      }),
      expect.objectContaining({
        level: 30,
        resource: "fault",
        status: 400,
        code: "BadRequest",
        msg: "refused",
      }),
      expect.objectContaining({ level: 20, resource: "livez", status: 200 }),
    ]);
  });

  test("holds nothing that a request sent", async () => {
    const { request, lines } = await openApp();
    const canary = "canary-7c1f";
    const headers = Object.fromEntries(
      ["authorization", "accept", "cookie", "if-match", "content-type", "prefer", "x-api-key"].map((name) => [
        name,
        canary,
      ]),
    );
    await request(`/${canary}`, { headers });
    await request(`/beta/deviceAppManagement/mobileApps/${canary}`, { headers });
    await request(`${apps}?access_token=${canary}&$select=${canary}`);
    await request(`${apps}?$skiptoken=${canary}`);
    await request(summary, { method: "PATCH", headers, body: canary });
    const json = { "Content-Type": "application/json" };
    await request(summary, { method: "PATCH", headers: json, body: `{"${canary}":"${canary}"}` });
    await request(summary, { method: "PATCH", headers: json, body: canary });
    expect(lines).toHaveLength(7);
    expect(JSON.stringify(lines)).not.toContain(canary);
  });
});

test("a stream of changes ends when the token of its caller expires", async () => {
  const caller = {
    tenantId,
    actor: "ada",
    kind: "user",
    permissions: ["DeviceManagementApps.Read.All"],
  } as const;
  const { request } = await openApp({ authenticate: () => ({ ...caller, expiresAt: Date.now() }) });
  const response = await request("/api/changes", { headers: { Accept: "text/event-stream" } });
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(/^: changes\n\n/);
});

describe("a request that gets an error while its response is made", () => {
  const late = new LimitError({ limit: "responseSeconds", code: "GatewayTimeout", message: "Too late." });
  const kinds = {
    list: new Request(`http://localhost${apps}?$search=x`, { headers: { "client-request-id": "mine" } }),
    batch: new Request("http://localhost/beta/$batch", {
      method: "POST",
      headers: { "Content-Type": "application/json", "client-request-id": "mine" },
      body: JSON.stringify({
        requests: [{ id: "1", method: "GET", url: "/deviceAppManagement/mobileApps" }],
      }),
    }),
  };

  test.each([
    ["list", late, 504, "responseSeconds"],
    ["list", shuttingDown(), 503, undefined],
    ["batch", late, 504, "responseSeconds"],
    ["batch", shuttingDown(), 503, undefined],
  ] as const)(
    "has one line of the %s, with the response that was sent: %s",
    async (kind, error, status, reason) => {
      const store = await openTestStore();
      const asked = Promise.withResolvers<void>();
      const given = Promise.withResolvers<never>();
      const noted: number[] = [];
      const { app, lines } = await openApp({
        store: {
          ...store,
          open: (session) => ({
            ...store.open(session),
            listApps: () => {
              asked.resolve();
              return given.promise;
            },
          }),
        },
        onResponse: (_, one) => void noted.push(one),
      });
      const refusable: Refusable = {};
      const responding = app(kinds[kind].clone(), undefined, refusable);
      await asked.promise;
      refusable.refuse?.(error);
      const response = await responding;
      // What the request ends with later is nobody's.
      given.reject(graphError("BadRequest", "The caller went away before the response was ready."));
      await new Promise(setImmediate);
      refusable.refuse?.(shuttingDown());
      const requestId = response.headers.get("request-id");
      expect([response.status, response.headers.get("client-request-id")]).toEqual([status, "mine"]);
      expect((await read(response)).error.innerError["request-id"]).toBe(requestId);
      const { code } = toGraphError(error);
      expect(lines).toEqual([
        expect.objectContaining({
          requestId,
          clientRequestId: "mine",
          status,
          code,
          msg: "not served",
          resource: kind === "list" ? "apps" : "batch",
        }),
      ]);
      expect(lines[0]?.["reason"]).toBe(reason);
      expect(noted).toEqual([status]);
    },
  );
});
