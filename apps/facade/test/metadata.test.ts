import { counterNames } from "@install-summary/core";
import { appProperties, counterProperties } from "@install-summary/core/service";
import { parse } from "@sap-ux/edmx-parser";
import { describe, expect, test } from "vitest";
import { apps, outcome, read, shareFacade, summary, type Call } from "./facades.ts";

const facade = shareFacade();
const graph = "microsoft.graph.";

/** Gets a page without a token. */
function get(path: string, call: Call = {}): Promise<Response> {
  return facade().get(path, { token: null, ...call });
}

async function readModel() {
  const response = await get("/beta/$metadata");
  expect([
    response.status,
    response.headers.get("content-type"),
    response.headers.get("odata-version"),
  ]).toEqual([200, "application/xml;charset=utf-8", "4.0"]);
  const xml = await response.text();
  return { xml, schema: parse(xml).schema };
}

function rowsOf(rows: typeof appProperties | typeof counterProperties): object[] {
  return rows.map(({ name, type, nullable }) => ({ name, type, nullable }));
}

describe("the model, as a reader of OData understands it,", () => {
  test("has the properties of an app and of its summary, with the types of the tables", async () => {
    const { schema } = await readModel();
    const propertiesOf = (name: string): object[] =>
      (schema.entityTypes.find((type) => type.name === name)?.entityProperties ?? []).map((property) => ({
        name: property.name,
        type: property.type,
        nullable: property.nullable ?? true,
      }));
    expect(propertiesOf("entity")).toEqual(rowsOf(appProperties.slice(0, 1)));
    expect(propertiesOf("mobileApp")).toEqual(rowsOf(appProperties.slice(1)));
    expect(propertiesOf("mobileAppInstallSummary")).toEqual(rowsOf(counterProperties));
    expect(propertiesOf("mobileAppInstallSummary")).toHaveLength(counterNames.length);
  });

  test("leads from the service to the apps and on to their summaries", async () => {
    const { schema } = await readModel();
    const navigation = schema.entityTypes.flatMap((type) =>
      type.navigationProperties.map((one) => ({ from: type.name, ...one })),
    );
    expect(navigation).toMatchObject([
      {
        from: "deviceAppManagement",
        name: "mobileApps",
        targetTypeName: `${graph}mobileApp`,
        isCollection: true,
        containsTarget: true,
      },
      {
        from: "mobileApp",
        name: "installSummary",
        targetTypeName: `${graph}mobileAppInstallSummary`,
        isCollection: false,
        containsTarget: true,
      },
    ]);
    expect(schema.namespace).toBe("microsoft.graph");
    expect(schema.entityContainer.name).toBe("GraphService");
    expect(schema.singletons).toMatchObject([
      { name: "deviceAppManagement", entityTypeName: `${graph}deviceAppManagement` },
    ]);
    expect(
      schema.enumTypes.map(({ name, members }) => [name, members.map((one) => [one.name, one.value])]),
    ).toEqual([
      [
        "mobileAppPublishingState",
        [
          ["notPublished", 0],
          ["processing", 1],
          ["published", 2],
        ],
      ],
    ]);
  });

  test("has every type that a path can be cast to, below its base", async () => {
    const { schema, xml } = await readModel();
    const bases = new Map(
      [...xml.matchAll(/<EntityType Name="(\w+)"(?: BaseType="graph\.(\w+)")?( Abstract="true")?/g)].map(
        ([, name = "", base, isAbstract]) => [name, { base, isAbstract: isAbstract !== undefined }],
      ),
    );
    const names = schema.entityTypes.map(({ name }) => name);
    expect([...bases.keys()]).toEqual(names);
    expect(new Set(names).size).toBe(names.length);
    const types = names.filter(
      (name) => !["entity", "deviceAppManagement", "mobileAppInstallSummary"].includes(name),
    );
    expect(types).toHaveLength(43);
    for (const type of types) {
      // A cast to a type that is served is a 404 for an app of another type; an unknown one is a 400.
      const response = await facade().get(
        summary.replace("/installSummary", `/graph.${type}/installSummary`),
      );
      expect([200, 404]).toContain(response.status);
      let root: string | undefined = type;
      while (root !== undefined && root !== "mobileApp") root = bases.get(root)?.base;
      expect(root).toBe("mobileApp");
    }
    const abstract = [...bases].filter(([, { isAbstract }]) => isAbstract).map(([name]) => name);
    expect(abstract.toSorted()).toEqual([
      "entity",
      "managedApp",
      "managedMobileLobApp",
      "mobileApp",
      "mobileLobApp",
    ]);
  });
});

test("the context of every representation leads to the model", async () => {
  for (const path of [apps, summary, "/beta/"]) {
    const { "@odata.context": context } = await read(await facade().get(path));
    const { pathname } = new URL(context);
    expect((await get(pathname)).status).toBe(200);
  }
});

test("the service document lists what the container has", async () => {
  const { schema } = await readModel();
  expect(await read(await get("/beta/"))).toEqual({
    "@odata.context": `${facade().url}/beta/$metadata`,
    value: schema.singletons.map(({ name }) => ({ name, kind: "Singleton", url: name })),
  });
  const none = await get("/beta?$format=json;odata.metadata=none");
  expect(Object.keys(await read(none))).toEqual(["value"]);
});

describe("the form of the model", () => {
  test.each([
    ["", "*/*", "200"],
    ["", "application/xml", "200"],
    ["", ",", "200"],
    ["", "application/*;q=0.1", "200"],
    ["", "application/json, application/xml;q=0.5", "200"],
    ["?$format=xml", "application/json", "200"],
    ["?format=application/xml;charset=utf-8&_=1", "text/html", "200"],
    ["", "application/json", "406 NotAcceptable Only application/xml can be served."],
    ["", "*/*, application/xml;q=0", "406 NotAcceptable Only application/xml can be served."],
    ["?$format=json", "*/*", "406 NotAcceptable Only application/xml can be served."],
    ["?$select=x", "*/*", "400 BadRequest The query parameter '$select' is not supported."],
  ])("with %s and Accept: %s", async (query, accept, expected) => {
    expect(await outcome(await get(`/Beta/%24metadata${query}`, { headers: { Accept: accept } }))).toBe(
      expected,
    );
  });

  test("is that of HEAD, which has no body", async () => {
    const head = await facade().call("HEAD", "/beta/$metadata", { token: null });
    const text = await (await get("/beta/$metadata")).text();
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(text.length)]);
    expect(await head.text()).toBe("");
  });
});

test.each([
  ["/beta/$metadata", "GET, HEAD, OPTIONS"],
  ["/beta/", "GET, HEAD, OPTIONS"],
  ["/beta/$batch", "POST, OPTIONS"],
  [apps, "GET, HEAD, OPTIONS"],
  [`${apps}/$count`, "GET, HEAD, OPTIONS"],
  [summary.replace("/installSummary", ""), "GET, HEAD, OPTIONS"],
  [summary, "GET, HEAD, PATCH, OPTIONS"],
])("OPTIONS and other methods of %s tell %s", async (path, allow) => {
  const options = await facade().call("OPTIONS", path, { token: null });
  expect([options.status, options.headers.get("allow"), await options.text()]).toEqual([204, allow, ""]);
  for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].filter(
    (one) => !allow.includes(one),
  )) {
    const response = await facade().call(method, path);
    expect([method, response.status, response.headers.get("allow")]).toEqual([method, 405, allow]);
  }
});
