import { describe, expect, test } from "vitest";
import { apps, outcome, read, shareFacade, summary, type Call } from "./facades.ts";
import { openConnection } from "./sockets.ts";
import { appId } from "./samples.ts";

// Requests as scripts, SDKs and gateways of people who work with Intune send them, each in its whole form.
const facade = shareFacade();

const json = { "Content-Type": "application/json" };
const invalid = /^400 BadRequest /;

describe("headers", () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    [
      "OData client of .NET",
      {
        "Content-Type": "application/json;odata.metadata=full",
        "Accept-Charset": "UTF-8",
        "OData-Version": "4.0;NetFx",
        "OData-MaxVersion": "4.0;NetFx",
      },
    ],
    [
      "generated SDK",
      {
        Accept: "application/json; charset=utf-8; IEEE754Compatible=false",
        "Content-Type": "application/json; charset=utf-8; IEEE754Compatible=false",
        "OData-Version": "4.0",
      },
    ],
    [
      "Power Query",
      {
        ...json,
        Accept:
          "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7",
        MaxDataServiceVersion: "3.0",
        "OData-MaxVersion": "4.0",
      },
    ],
  ])("of a %s: a read and a change", async (_client, headers) => {
    const { get, call } = facade();
    expect((await get(summary, { headers })).status).toBe(200);
    const patch = await call("PATCH", summary, { headers, body: '{"failedDeviceCount":9}' });
    expect([patch.status, (await read(patch)).failedDeviceCount]).toEqual([200, 9]);
    expect((await get(apps, { headers })).status).toBe(200);
  });

  test.each(["3.0", "3.0;NetFx", "2.0;NetFx", ";NetFx"])("OData-Version: %s is refused", async (version) => {
    const call: Call = { headers: { ...json, "OData-Version": version }, body: "{}" };
    expect(await outcome(await facade().call("PATCH", summary, call))).toMatch(invalid);
  });

  test("an offer of HTTP/2 is left alone, of a change with its body too", async () => {
    const token = await facade().issueToken();
    const { socket, received } = await openConnection(facade().url);
    socket.write(
      `PATCH ${summary} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n` +
        `Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 23\r\n\r\n{"failedDeviceCount":7}`,
    );
    expect(await received(/\}$/)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*"failedDeviceCount":7,/);
  });

  test("the current version counts however its quotes were escaped", async () => {
    const { call, get } = facade();
    for (const quoted of [
      (tag: string) => `"${tag.replaceAll('"', '\\"')}"`,
      (tag: string) => `"${tag.slice(2)}"`,
    ]) {
      const etag = (await get(summary)).headers.get("etag") ?? "";
      const headers = { ...json, "If-Match": quoted(etag) };
      expect((await call("PATCH", summary, { headers, body: "{}" })).status).toBe(200);
      const stale = { ...json, "If-Match": quoted('W/"99"') };
      expect((await call("PATCH", summary, { headers: stale, body: "{}" })).status).toBe(412);
    }
  });
});

describe("$select", () => {
  test("may name @odata.type, which is sent anyway", async () => {
    const names = "id,displayName,publisher,createdDateTime,lastModifiedDateTime,isAssigned,publishingState";
    const page = await read(await facade().get(`${apps}?$top=1&$select=${names},@odata.type`));
    expect(Object.keys(page.value[0]).toSorted()).toEqual(["@odata.type", ...names.split(",")].toSorted());
  });

  test.each(["roleScopeTagIds", "largeIcon", "uploadState", "dependentAppCount", "targetedPlatforms"])(
    "of %s is refused as a property that Graph has",
    async (name) => {
      const paths = [
        `${apps}?$select=id,${name}`,
        `${apps}/${appId}?$select=${name}`,
        `${apps}?$expand=${name}`,
      ];
      for (const path of paths) {
        expect(await outcome(await facade().get(path))).toMatch(
          new RegExp(`Microsoft Graph has '${name}', and this service does not serve it. Leave it out.$`),
        );
      }
    },
  );
});

describe("paths", () => {
  test("a cast by the alias of the schema is one by its namespace", async () => {
    const { get } = facade();
    for (const namespace of ["graph", "microsoft.graph"]) {
      expect((await get(`${apps}/${appId}/${namespace}.win32LobApp`)).status).toBe(200);
      expect((await get(`${apps}/${appId}/${namespace}.win32LobApp/installSummary`)).status).toBe(200);
      expect((await get(`${apps}/${appId}/${namespace}.iosStoreApp/installSummary`)).status).toBe(404);
      expect(await outcome(await get(`${apps}/${namespace}.win32LobApp`))).toBe(
        `400 BadRequest Resource not found for the segment '${namespace}.win32LobApp'.`,
      );
    }
  });

  test("a filter of the portal, percent-encoded, with an empty option at its end", async () => {
    const types = Array.from({ length: 22 }, () => "isof(%27microsoft.graph.win32LobApp%27)").join(
      "%20or%20",
    );
    const x = "microsoft.graph.managedApp/appAvailability";
    const rest = `(${x}%20eq%20null%20or%20${x}%20eq%20%27lineOfBusiness%27%20or%20isAssigned%20eq%20true)`;
    const path = `${apps}?$filter=(${types})%20and%20${rest}&$orderby=displayName&`;
    const page = await read(await facade().get(path));
    expect(page.value.map(({ id }: { id: string }) => id)).toEqual([appId]);
  });
});

describe("$search", () => {
  test.each([
    ['"displayName:portal"', 1],
    ["displayName:portal", 1],
    ['"displayName:portal" AND "publisher:contoso"', 1],
    ['"publisher:portal"', 0],
  ])("%s finds what it means", async (text, count) => {
    expect((await read(await search(text)))["@odata.count"]).toBe(count);
  });

  test.each(["'portal'", '"description:portal"', '"displayName:portal" OR "displayName:mail"'])(
    "%s is refused, and never an empty list",
    async (text) => {
      expect(await outcome(await search(text))).toMatch(invalid);
    },
  );
});

function search(text: string): Promise<Response> {
  const path = `${apps}?$search=${encodeURIComponent(text)}&$count=true`;
  return facade().get(path, { headers: { ConsistencyLevel: "eventual" } });
}
