import { counterNames } from "@install-summary/core";
import { createInstallSummaryClient } from "@install-summary/core/client";
import { describe, expect, test } from "vitest";
import { apps, iosAppId, read, shareFacade, outcome, unknownId, useFacade } from "./facades.ts";
import { appId } from "./samples.ts";

const facade = shareFacade();

test("a list holds the apps in the order of their names, with Graph's properties", async () => {
  const { get, url } = facade();
  const page = await read(await get(apps));
  expect(Object.keys(page)).toEqual(["@odata.context", "value"]);
  expect(page["@odata.context"]).toBe(`${url}${apps.replace("/deviceApp", "/$metadata#deviceApp")}`);
  expect(page.value.map((app: { displayName: string }) => app.displayName)).toEqual([
    "Contoso Portal",
    "Fabrikam Mail",
    'Äpfel "100%" 🍏',
  ]);
  expect(page.value[0]).toMatchObject({
    "@odata.type": "#microsoft.graph.win32LobApp",
    id: appId,
    publisher: "Contoso",
    description: null,
    publishingState: "published",
    isAssigned: true,
    createdDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
});

test("a page links to the next one, and changes in between lose no app and repeat none", async () => {
  const { get, patch } = facade();
  const seen: string[] = [];
  let path = `${apps}?$expand=installSummary&$top=1&$count=true`;
  for (;;) {
    const page = await read(await get(path));
    expect(page["@odata.count"]).toBe(3);
    expect(page.value).toHaveLength(1);
    seen.push(page.value[0].id);
    if (page["@odata.nextLink"] === undefined) break;
    await patch({});
    path = page["@odata.nextLink"].slice(facade().url.length);
    expect(path).toMatch(/\?\$expand=installSummary&\$top=1&\$count=true&\$skiptoken=/);
  }
  expect(seen).toEqual([appId, iosAppId, "22222222-2222-4222-8222-222222222222"]);
});

// What public scripts ask for; a filter of the portal is as long.
const ofScripts =
  "$top=1&$expand=installSummary&$select=id,displayName,publisher,privacyInformationUrl,informationUrl,owner,developer";

test.each(["名", "\u001b", "\u0958", "\u0344", '"', "\u2028", "é", "😀"])(
  "of names of %j each is listed that an import accepts: it fits into the next link",
  async (character) => {
    const one = await useFacade();
    const names = [1000, 666, 660, 600].flatMap((length) => {
      const name = character.repeat(Math.floor((length - 1) / character.length));
      return [`${name}1`, `${name}2`];
    });
    const rows = names.map((DisplayName, index) => ({
      ApplicationId: `33333333-3333-4333-8333-${String(index).padStart(12, "0")}`,
      DisplayName,
      FailedDeviceCount: 1,
    }));
    const report = new Blob([JSON.stringify(rows)]).stream();
    const { created } = await one.importReport(report, { missingAsZero: true });
    expect(created).toBeGreaterThan(0);
    const before = (await read(await facade().get(apps))).value.length;
    const seen = new Set<string>();
    let path = `${apps}?${ofScripts}`;
    for (;;) {
      const page = await read(await one.get(path));
      for (const { id } of page.value) seen.add(id);
      if (page["@odata.nextLink"] === undefined) break;
      path = page["@odata.nextLink"].slice(one.url.length);
    }
    expect(seen.size).toBe(created + before);
  },
);

test("every next link of a list with the longest options is served, or there is a 414 in its place", async () => {
  const base = `${apps}?$top=1&_=`;
  for (const length of [8192, 8100, 8050, 7900]) {
    const path = base + "x".repeat(length - base.length);
    const first = await facade().get(path);
    if (first.status === 414) continue;
    const link = (await read(first))["@odata.nextLink"].slice(facade().url.length);
    expect((await facade().get(link)).status).toBe(200);
  }
  expect(await outcome(await facade().get(base + "x".repeat(8192 - base.length)))).toBe(
    "414 UriTooLong The URL of the next page would be too long. Leave out query options, or write them shorter.",
  );
});

test("the smallest of $top, odata.maxpagesize and the service's maximum is the page size", async () => {
  const small = await useFacade({ settings: { limits: { pageSize: 2 } } });
  const length = async (query: string, headers = {}): Promise<number> => {
    const page = await read(await small.get(`${apps}${query}`, { headers }));
    expect("@odata.nextLink" in page).toBe(page.value.length > 0);
    return page.value.length;
  };
  expect(await length("")).toBe(2);
  expect(await length("?$top=5000")).toBe(2);
  expect(await length("?$top=2", { Prefer: "odata.maxpagesize=1" })).toBe(1);
  expect(await length("?$top=1", { Prefer: "maxpagesize=2" })).toBe(1);
  expect(await length("?$top=0")).toBe(0);
  const preferred = await small.get(apps, { headers: { Prefer: "maxpagesize=1" } });
  expect(preferred.headers.get("preference-applied")).toBe("odata.maxpagesize=1");
});

describe("a search", () => {
  test.each([
    ["contoso", [appId, "22222222-2222-4222-8222-222222222222"]],
    ["MAIL fabri", [iosAppId]],
    ["äPFEL", ["22222222-2222-4222-8222-222222222222"]],
    ["100%", ["22222222-2222-4222-8222-222222222222"]],
    ['"contoso portal"', [appId]],
    ["_", []],
    ["contoso mail", []],
    ['"displayName:contoso"', [appId]],
    ['"publisher:contoso" AND "displayName:portal"', [appId]],
    ['"publisher:portal"', []],
  ])("for %s", async (words, ids) => {
    const path = `${apps}?$search=${encodeURIComponent(words)}&$count=true`;
    const page = await read(await facade().get(path));
    expect(page.value.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(page["@odata.count"]).toBe(ids.length);
  });

  test("keeps its words on the next page, whose token is valid for these words only", async () => {
    const page = await read(await facade().get(`${apps}?$search=contoso&$top=1`));
    const next = page["@odata.nextLink"].slice(facade().url.length);
    expect((await read(await facade().get(next))).value).toHaveLength(1);
    expect(await outcome(await facade().get(next.replace("contoso", "fabrikam")))).toBe(
      "400 BadRequest The $skiptoken is not valid for this request.",
    );
  });
});

describe("the number of apps", () => {
  test.each([
    ["", {}, "3"],
    ["?$search=contoso", { Accept: "text/plain" }, "2"],
    ["?$search=contoso", { Accept: "," }, "2"],
    ["?search=nope", { Accept: "application/json" }, "0"],
  ])("%s is plain text", async (query, headers, count) => {
    const response = await facade().get(`${apps}/$Count${query}`, { headers });
    expect(response.headers.get("content-type")).toBe("text/plain;charset=utf-8");
    expect(await response.text()).toBe(count);
  });

  test.each([
    ["?$top=1", {}, "400 BadRequest The query parameter '$top' is not supported."],
    ["", { Accept: "text/html" }, "406 NotAcceptable Only application/json can be served."],
    ["", { Accept: "text/plain;q=0" }, "406 NotAcceptable Only application/json can be served."],
    ["", { "OData-Version": "3.0" }, "400 BadRequest The OData-Version '3.0' is not supported. Use 4.0."],
  ])("%s with %j is refused", async (query, headers, refusal) => {
    expect(await outcome(await facade().get(`${apps}/$count${query}`, { headers }))).toBe(refusal);
  });
});

test.each([
  [
    "$filter=id eq",
    "Invalid filter clause: A property or a value is expected, and the end is there at position 6.",
  ],
  ["filter=x", "Could not find a property named 'x' on type 'microsoft.graph.mobileApp' at position 1."],
  ["$orderby=x", "Invalid order clause: Could not find a property named 'x'"],
  ["$skip=-1", "The $skip query option requires a non-negative integer value."],
  ["$apply=x", "'$apply' is not supported."],
  [
    "$expand=assignments",
    "Could not find a property named 'assignments' on type 'microsoft.graph.mobileApp'.",
  ],
  [
    "$top=1&$top=1",
    "Query option '$top' was specified more than once, but it must be specified at most once.",
  ],
  ["$skiptoken=x", "The $skiptoken is not valid for this request."],
  ["$top=%zz", "The query is malformed: '%zz' is not percent-encoded UTF-8."],
])("a list with %s is refused", async (query, message) => {
  const response = await facade().get(`${apps}?${query}`);
  const { error } = await read(response);
  expect([response.status, error.code, error.innerError.code]).toEqual([
    400,
    "BadRequest",
    "invalidQueryOption",
  ]);
  expect(error.message).toContain(message);
});

test("unknown custom options of a list are ignored", async () => {
  expect((await facade().get(`${apps}?_=1577&=x&constructor=1&`)).status).toBe(200);
});

describe("one app", () => {
  test("is the same as in the list", async () => {
    const { get, url } = facade();
    const { "@odata.context": context, ...app } = await read(await get(`${apps}('${appId}')`));
    expect(context).toBe(`${url}/beta/$metadata#deviceAppManagement/mobileApps/$entity`);
    expect(app).toEqual((await read(await get(apps))).value[0]);
  });

  test("holds its summary when it is expanded", async () => {
    const app = await read(await facade().get(`${apps}/${appId}?$select=id&expand=installSummary &_=1`));
    expect(app.installSummary["@odata.etag"]).toBe('W/"1"');
    expect(Object.keys(app.installSummary).slice(2)).toEqual(["id", ...counterNames]);
  });

  test("is found through a cast to one of its types only", async () => {
    const { get } = facade();
    for (const type of ["win32LobApp", "mobileLobApp", "mobileApp", "WIN32LOBAPP"]) {
      expect((await get(`${apps}/${appId}/microsoft.graph.${type}`)).status).toBe(200);
    }
    expect(await outcome(await get(`${apps}/${appId}/microsoft.graph.iosStoreApp`))).toMatch(
      /^404 ResourceNotFound/,
    );
  });

  test("that does not exist is a 404", async () => {
    expect(await outcome(await facade().get(`${apps}/${unknownId}`))).toBe(
      `404 ResourceNotFound No mobile app with id '${unknownId}' exists.`,
    );
  });
});

test("pages for people and probes need no token", async () => {
  const { call } = facade();
  expect(await (await call("GET", "/", { token: null })).text()).toMatch(/^Install Summary/);
  expect(await (await call("GET", "/livez", { token: null })).text()).toBe("ok\n");
  expect(await (await call("GET", "/readyz", { token: null })).text()).toBe("ok\n");
  expect((await read(await call("GET", "/beta/", { token: null }))).value).toEqual([
    { name: "deviceAppManagement", kind: "Singleton", url: "deviceAppManagement" },
  ]);
});

test("core's client reads, lists and changes", async () => {
  const { url, ...own } = await useFacade();
  const client = createInstallSummaryClient({ baseUrl: `${url}/beta`, token: () => own.issueToken() });
  const listed = [];
  for await (const app of client.list({ top: 1, search: "contoso" })) listed.push(app);
  expect(listed.map(({ id, etag }) => [id, etag])).toEqual([
    [appId, 'W/"1"'],
    ["22222222-2222-4222-8222-222222222222", 'W/"1"'],
  ]);
  const { etag } = await client.get(appId);
  const updated = await client.update(appId, { failedDeviceCount: 0 }, { ifMatch: etag, origin: "command" });
  expect([updated.summary.failedDeviceCount, updated.etag]).toEqual([0, 'W/"2"']);
  expect((await client.getApp(appId)).installSummary).toEqual(updated.summary);
  await expect(client.update(appId, { failedDeviceCount: 1 }, { ifMatch: etag })).rejects.toMatchObject({
    code: "PreconditionFailed",
  });
});
