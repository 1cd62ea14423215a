import { Validator } from "@seriousme/openapi-schema-validator";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import type { FacadeSettings } from "../src/settings/given-settings.ts";
import { createSchemaCheck, operationOf, readDescription } from "./description.ts";
import { appId } from "./samples.ts";
import { apps, type Call, read, report, summary, type TestFacade, unknownId, useFacade } from "./facades.ts";
import { connectTo, send, splitResponses } from "./sockets.ts";
import { temporaryFolder } from "./stores.ts";

const tenant = "3f2a6d1e-0c57-4a7e-9d3a-111111111111";
const entra: FacadeSettings = {
  tenants: [tenant],
  audience: ["5a1cbb2e-0000-4000-8000-222222222222"],
  authority: "http://127.0.0.1:9",
};

const settingsOf: Readonly<Record<string, FacadeSettings>> = {
  "the defaults": {},
  "Entra ID": entra,
  "Entra ID of several tenants and applications": {
    ...entra,
    tenants: [tenant, unknownId],
    policy: { allowApplication: true },
  },
  "read-only": { policy: { readOnly: true } },
  "every other policy, and limits": {
    policy: { wrapGet: true, requireIfMatch: true },
    limits: { requestsPerMinute: 1000, pageSize: 7 },
    publicUrl: "https://summaries.contoso.com",
  },
};

/** A facade without apps, since Entra ID's tokens cannot be had. */
async function useBare(settings: FacadeSettings): Promise<Pick<TestFacade, "url">> {
  const { createFacade } = await import("../src/facade.ts");
  const facade = await createFacade({ settings });
  onTestFinished(() => facade.close());
  return facade;
}

test.each(Object.entries(settingsOf))("the description for %s is valid OpenAPI 3.1", async (_, settings) => {
  const document = await readDescription(await useBare(settings));
  const validator = new Validator();
  expect(await validator.validate(document)).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
});

test("every path is described with the methods that it has, and no token is needed for the description", async () => {
  const facade = await useFacade();
  const { paths, servers } = await readDescription(facade);
  expect(servers).toEqual([{ url: facade.url }]);
  for (const [template, item] of Object.entries(paths)) {
    const response = await facade.call("OPTIONS", template.replace("{id}", appId), { token: null });
    const allowed = (response.headers.get("allow") ?? "").toLowerCase().split(", ");
    expect([template, ...Object.keys(item).toSorted()]).toEqual([template, ...allowed.toSorted()]);
  }
});

test("what a facade serves is described: each path that its log can name", async () => {
  const { paths } = await readDescription(await useBare({}));
  expect(Object.keys(paths).toSorted()).toEqual(
    [
      apps,
      `${apps}/$count`,
      `${apps}/{id}`,
      `${apps}/{id}/installSummary`,
      "/beta/",
      "/beta/$metadata",
      "/beta/$batch",
      "/api/changes",
      "/api/imports",
      "/",
      "/livez",
      "/readyz",
      "/openapi.json",
      "/docs",
    ].toSorted(),
  );
});

test("the description says the settings in force", async () => {
  const usual = await readDescription(await useBare({}));
  expect(usual.components.securitySchemes).toMatchObject({ token: { type: "http", scheme: "bearer" } });
  expect(operationOf(usual, `PATCH ${apps}/{id}/installSummary`).security).toEqual([
    { token: ["DeviceManagementApps.ReadWrite.All"] },
  ]);
  expect(operationOf(usual, `PATCH ${apps}/{id}/installSummary`).responses).not.toHaveProperty("428");

  const other = await readDescription(await useBare(settingsOf["every other policy, and limits"] ?? {}));
  expect(other.servers).toEqual([{ url: "https://summaries.contoso.com" }]);
  const patching = operationOf(other, `PATCH ${apps}/{id}/installSummary`);
  expect(Object.keys(patching.responses)).toEqual(expect.arrayContaining(["428", "429"]));
  expect(patching.parameters?.find(({ name }) => name === "If-Match")?.required).toBe(true);
  expect(JSON.stringify(operationOf(other, `GET ${apps}/{id}/installSummary`).responses["200"])).toContain(
    "WrappedInstallSummary",
  );
  expect(JSON.stringify(operationOf(other, `GET ${apps}`).parameters)).toContain("7 at most");

  const readOnly = await readDescription(await useBare({ policy: { readOnly: true } }));
  expect(operationOf(readOnly, "POST /api/imports").responses).not.toHaveProperty("200");

  const { components } = await readDescription(await useBare(entra));
  expect(components.securitySchemes["entra"]).toMatchObject({
    flows: {
      authorizationCode: {
        authorizationUrl: `http://127.0.0.1:9/${tenant}/oauth2/v2.0/authorize`,
        scopes: {
          "api://5a1cbb2e-0000-4000-8000-222222222222/DeviceManagementApps.ReadWrite.All": "Read and change",
        },
      },
    },
  });
});

type Provocation = Call & { readonly path?: string };

const json = { "Content-Type": "application/json" };
const csv = { "Content-Type": "text/csv" };
const query = (text: string): Provocation => ({ path: `?${text}` });
const accept = (type: string): Provocation => ({ headers: { Accept: type } });
const none = { token: null };
const unreadable = { token: "nothing" };
const large = "x".repeat(1_100_000);
const batch = JSON.stringify({ requests: [{ id: "1", method: "GET", url: summary.replace("/beta", "") }] });

/** What is wrong with a request for each status that is described; its path is appended. */
const provocations: Readonly<Record<string, Readonly<Record<number, Provocation>>>> = {
  [`GET ${apps}`]: {
    200: query("$expand=installSummary&$count=true&$top=1"),
    400: query("$top=x"),
    401: none,
    403: unreadable,
    406: accept("text/html"),
  },
  [`GET ${apps}/$count`]: {
    200: {},
    400: query("$top=1"),
    401: none,
    403: unreadable,
    406: accept("text/html"),
  },
  [`GET ${apps}/{id}`]: {
    200: query("$expand=installSummary"),
    400: query("$top=1"),
    401: none,
    403: unreadable,
    404: { path: unknownId },
    406: accept("text/html"),
  },
  [`GET ${apps}/{id}/installSummary`]: {
    200: {},
    304: { headers: { "If-None-Match": "*" } },
    400: query("$top=1"),
    401: none,
    403: unreadable,
    404: { path: unknownId },
    406: accept("text/html"),
    412: { headers: { "If-Match": 'W/"99"' } },
  },
  [`PATCH ${apps}/{id}/installSummary`]: {
    200: { ...query("dryRun=true"), headers: json, body: '{"failedDeviceCount":900}' },
    204: { headers: { ...json, Prefer: "return=minimal" }, body: "{}" },
    400: { headers: json, body: '{"failedDeviceCount":"4"}' },
    401: none,
    403: { ...unreadable, headers: json, body: "{}" },
    404: { path: unknownId, headers: json, body: "{}" },
    406: { headers: { ...json, Accept: "text/html" }, body: "{}" },
    412: { headers: { ...json, "If-Match": 'W/"99"' }, body: "{}" },
    413: { headers: json, body: large },
    415: { headers: { "Content-Type": "text/plain" }, body: "{}" },
  },
  "POST /beta/$batch": {
    200: { headers: json, body: batch },
    400: { headers: json, body: "{}" },
    401: { ...none, headers: json, body: batch },
    406: { headers: { ...json, Accept: "text/html" }, body: batch },
    413: { headers: json, body: large },
    415: { headers: { "Content-Type": "text/plain" }, body: batch },
  },
  "GET /beta/": { 200: {}, 400: query("$top=1"), 406: accept("text/html") },
  "GET /beta/$metadata": { 200: {}, 400: query("$top=1"), 406: accept("text/html") },
  "GET /api/changes": { 200: {}, 400: query("top=0"), 401: none, 403: unreadable, 406: accept("image/png") },
  "POST /api/imports": {
    200: { ...query("dryRun=true"), headers: csv, body: "ApplicationId,DisplayName,FailedDeviceCount\n" },
    400: { headers: csv, body: "nothing" },
    401: { ...none, headers: csv, body: "" },
    403: { ...unreadable, headers: csv, body: "" },
    413: { headers: csv, body: `ApplicationId,DisplayName,FailedDeviceCount\n${large}` },
    415: { headers: { "Content-Type": "text/html" }, body: "" },
  },
  "GET /": { 200: {} },
  "GET /livez": { 200: {} },
  "GET /readyz": { 200: {} },
  "GET /openapi.json": { 200: {} },
  "GET /docs": { 200: {} },
};

/** Statuses that need a facade of their own; the tests below have them. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  "GET /api/changes": ["410", "503"],
  "POST /api/imports": ["503"],
  "GET /readyz": ["503"],
};

test("what a client chooses fits the description: its own properties, and every form of metadata", async () => {
  const facade = await useFacade();
  const check = createSchemaCheck(await readDescription(facade));
  const app = `${apps}/${appId}`;
  const forms = ["none", "minimal", "full"].map((form) => `$format=application/json;odata.metadata=${form}`);
  const choices: Readonly<Record<string, readonly string[]>> = {
    [apps]: [
      "$select=displayName",
      "$expand=installSummary($select=failedDeviceCount)",
      "$expand=installSummary",
    ],
    [app]: ["$select=isAssigned", "$select=id&$expand=installSummary($select=id)"],
    [summary]: ["$select=failedDeviceCount", "$select=id"],
  };
  for (const [path, options] of Object.entries(choices)) {
    const template = path.replace(appId, "{id}");
    const place = ["paths", template, "get", "responses", "200", "content", "application/json", "schema"];
    for (const chosen of [...options, ...forms, ...options.map((one) => `${one}&${forms.at(-1)}`)]) {
      const response = await facade.get(`${path}?${chosen}`);
      expect([chosen, response.status, check(place, await read(response))]).toEqual([chosen, 200, ""]);
    }
  }
});

describe("every described status can be had, with the headers and the body that are described", () => {
  test.each(Object.entries(provocations))("%s", async (name, calls) => {
    const facade = await useFacade({ settings: { limits: { importBytes: 100_000 } } });
    const document = await readDescription(facade);
    const check = createSchemaCheck(document);
    const { responses } = operationOf(document, name);
    const described = Object.keys(responses).filter((status) => status !== "default");
    expect(described.toSorted()).toEqual([...Object.keys(calls), ...(elsewhere[name] ?? [])].toSorted());
    const powerless = await facade.issueToken({ scope: "User.Read" });
    const [method = "", template = ""] = name.split(" ");
    for (const [status, call] of Object.entries(calls)) {
      const { path = "", ...rest } = call;
      const id = path.startsWith("?") || path === "" ? appId : path;
      const url = template.replace("{id}", id) + (path.startsWith("?") ? path : "");
      const token = call.token === undefined || call.token === null ? {} : { token: powerless };
      for (const sent of method === "GET" ? ["GET", "HEAD"] : [method]) {
        const response = await facade.call(sent, url, { ...rest, ...token });
        const text = await response.text();
        expect([sent, url, String(response.status)]).toEqual([sent, url, status]);
        const { headers = {}, content = {} } = responses[status] ?? {};
        for (const header of Object.keys(headers)) {
          expect([header, response.headers.get(header)]).toEqual([header, expect.any(String)]);
        }
        const [type = ""] = (response.headers.get("content-type") ?? "").split(";");
        if (text === "") continue;
        expect(Object.keys(content)).toContain(type);
        if (type !== "application/json") continue;
        const place = [
          "paths",
          template,
          method.toLowerCase(),
          "responses",
          status,
          "content",
          type,
          "schema",
        ];
        expect(check(place, JSON.parse(text))).toBe("");
      }
    }
  });

  test("every operation but OPTIONS and HEAD has its provocations", async () => {
    const { paths } = await readDescription(await useBare({}));
    const names = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const others = names.filter((name) => !name.startsWith("OPTIONS ") && !name.startsWith("HEAD "));
    expect(others.toSorted()).toEqual(Object.keys(provocations).toSorted());
  });

  test("410 and 503 of the change log", async () => {
    const [long, short] = [await useFacade(), await useFacade({ settings: { limits: { streams: 1 } } })];
    for (const count of [5, 6, 7, 8]) await long.patch({ failedDeviceCount: count });
    const { next } = JSON.parse(await (await long.get("/api/changes")).text());
    expect((await short.get(`/api/changes?after=${next}`)).status).toBe(410);
    const events = { headers: { Accept: "text/event-stream" } };
    const stream = await short.get("/api/changes", events);
    expect((await short.get("/api/changes", events)).status).toBe(503);
    await stream.body?.cancel();
  });

  test("503 of an import beside another one, and of readiness while no token can be verified", async () => {
    const facade = await useFacade();
    const socket = await connectTo(facade.url);
    const token = await facade.issueToken();
    socket.write(
      `POST /api/imports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: text/csv\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n`,
    );
    await once(socket, "data");
    expect((await facade.call("POST", "/api/imports", { headers: csv, body: "x" })).status).toBe(503);
    const { url } = await useBare(entra);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
  });

  test("428 and 429, where they are set; 403 and nothing else where nothing may be changed", async () => {
    const strict = await useFacade({
      settings: { policy: { requireIfMatch: true }, limits: { requestsPerMinute: 2 } },
    });
    expect((await strict.patch({})).status).toBe(428);
    expect((await strict.patch({})).status).toBe(428);
    expect((await strict.patch({})).status).toBe(429);
    const readOnly = await useFacade({ settings: { policy: { readOnly: true } } });
    expect((await readOnly.patch({})).status).toBe(403);
    const { responses } = operationOf(await readDescription(readOnly), `PATCH ${apps}/{id}/installSummary`);
    expect(Object.keys(responses)).toEqual(["400", "401", "403", "413", "default"]);
  });
});

test("the page of a change log whose oldest changes are gone fits its description", async () => {
  const facade = await useFacade();
  const check = createSchemaCheck(await readDescription(facade));
  await facade.reset();
  await facade.importReport(new Blob([report]).stream());
  const page = await read(await facade.get("/api/changes"));
  expect(page).toMatchObject({ olderRemoved: true });
  const place = ["paths", "/api/changes", "get", "responses", "200", "content", "application/json", "schema"];
  expect(check(place, page)).toBe("");
});

test("the other statuses that are described can be had too", async () => {
  const data = temporaryFolder();
  const facade = await useFacade({
    settings: { data, limits: { headerSeconds: 0.2, responseSeconds: 1, requests: 1 } },
  });
  const { description } =
    operationOf(await readDescription(facade), `GET ${apps}`).responses["default"] ?? {};
  const described = [...(description ?? "").matchAll(/(\d{3}) `/g)].map(([, status]) => Number(status));
  // The 500 is tested where a store throws: in app.test.ts.
  expect(described).toEqual([408, 414, 431, 500, 503, 504]);
  const statusOf = async (bytes: string): Promise<number | undefined> =>
    splitResponses(await send(facade.url, bytes))[0]?.status;
  expect(await statusOf("GET / HTTP/1.1\r\nHost: local")).toBe(408);
  expect(await statusOf(`GET /${"x".repeat(9000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toBe(414);
  expect(await statusOf(`GET / HTTP/1.1\r\nHost: localhost\r\n${"X-A: a\r\n".repeat(120)}\r\n`)).toBe(431);
  const database = new DatabaseSync(join(data, "install-summary.db"));
  onTestFinished(() => database.close());
  database.exec("BEGIN IMMEDIATE");
  const late = facade.patch({ failedDeviceCount: 4 });
  let busy = 200;
  while (busy === 200) ({ status: busy } = await facade.get("/"));
  expect(busy).toBe(503);
  expect((await late).status).toBe(504);
  database.exec("ROLLBACK");
});
