import { describe, expect, test } from "vitest";
import { gzipSync } from "node:zlib";
import { apps, iosAppId, read, shareFacade, summary, outcome, unknownId, useFacade } from "./facades.ts";
import { appId } from "./samples.ts";

const facade = shareFacade();
const ios = `${apps}/${iosAppId}/installSummary`;

const example = {
  installedDeviceCount: 4,
  failedDeviceCount: 1,
  notApplicableDeviceCount: 8,
  notInstalledDeviceCount: 7,
  pendingInstallDeviceCount: 9,
  installedUserCount: 2,
  failedUserCount: 15,
  notApplicableUserCount: 6,
  notInstalledUserCount: 5,
  pendingInstallUserCount: 7,
};

test("the specification's example request has its example response, byte by byte after the context", async () => {
  const { patch, url } = await useFacade();
  await patch({ installedDeviceCount: 1000 });
  const response = await patch({ "@odata.type": "#microsoft.graph.mobileAppInstallSummary", ...example });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(
    `{"@odata.context":"${url}/beta/$metadata#deviceAppManagement/mobileApps('${appId}')/installSummary/$entity",` +
      `"@odata.type":"#microsoft.graph.mobileAppInstallSummary","id":"${appId}",` +
      JSON.stringify(example).slice(1),
  );
});

test("a response has the headers of the contract", async () => {
  const { headers } = await facade().get(summary, { headers: { "client-request-id": "my request" } });
  expect(Object.fromEntries(headers)).toMatchObject({
    "cache-control": "private, no-store",
    "client-request-id": "my request",
    "content-type":
      "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
    etag: 'W/"1"',
    "odata-version": "4.0",
    "request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    vary: "Accept, Accept-Encoding, Authorization, Prefer",
    "x-content-type-options": "nosniff",
  });
  expect(headers.has("date")).toBe(true);
});

test("the forms of a key name the same summary", async () => {
  const { get } = facade();
  const wanted = await (await get(ios)).text();
  for (const path of [
    `${apps}('${iosAppId}')/installSummary`,
    `${apps}(${iosAppId})/installSummary`,
    `${apps}(id='${iosAppId}')/installSummary`,
    `/Beta/deviceappmanagement//MobileApps/${iosAppId.toUpperCase()}/InstallSummary/`,
    `${apps}/${iosAppId}/microsoft.graph.iosStoreApp/installSummary`,
    `${apps}/x/../${iosAppId}/installSummary`,
  ]) {
    expect(await (await get(path)).text()).toBe(wanted);
  }
});

describe("a read", () => {
  test("gives what was selected, with the metadata that was asked for", async () => {
    const response = await facade().get(`${ios}?$select=failedUserCount&$format=json;odata.metadata=none`);
    expect(response.headers.get("content-type")).toContain("odata.metadata=none");
    expect(await response.text()).toBe('{"failedUserCount":3}');
  });

  test("is a 304 as long as nothing has changed", async () => {
    for (const tag of ['W/"1"', '"1"', '"x", W/"1"', "*"]) {
      const response = await facade().get(ios, { headers: { "If-None-Match": tag } });
      expect(response.status).toBe(304);
      expect(response.headers.get("etag")).toBe('W/"1"');
      expect(response.headers.get("content-type")).toBeNull();
    }
    expect((await facade().get(ios, { headers: { "If-None-Match": 'W/"2"' } })).status).toBe(200);
  });

  test("may require a version", async () => {
    expect((await facade().get(ios, { headers: { "If-Match": 'W/"1"' } })).status).toBe(200);
    const response = await facade().get(ios, { headers: { "If-Match": 'W/"2"' } });
    expect(response.headers.get("etag")).toBe('W/"1"');
    expect(await outcome(response)).toBe(
      '412 PreconditionFailed The resource has changed since it was read. Its current ETag is W/"1".',
    );
  });

  test.each([
    ["$filter=id eq 1", "The query parameter '$filter' is not supported."],
    ["$expand=x", "The query parameter '$expand' is not supported."],
    [
      "$select=x",
      "Parsing OData Select and Expand failed: Could not find a property named 'x' on type 'microsoft.graph.mobileAppInstallSummary'.",
    ],
  ])("with %s is refused", async (query, message) => {
    expect(await outcome(await facade().get(`${ios}?${query}`))).toBe(`400 BadRequest ${message}`);
  });
});

describe("a change", () => {
  test("of one counter leaves the others, and a version is a new ETag", async () => {
    const { patch, get } = await useFacade();
    const response = await patch('{"failedDeviceCount":1e3}');
    expect(response.headers.get("etag")).toBe('W/"2"');
    expect(await read(response)).toMatchObject({ ...example, failedDeviceCount: 1000 });
    expect((await get(summary)).headers.get("etag")).toBe('W/"2"');
  });

  test.each([{}, { failedDeviceCount: 1 }, { id: appId.toUpperCase() }])(
    "that changes nothing keeps the ETag: %j",
    async (body) => {
      const response = await facade().patch(body);
      expect([response.status, response.headers.get("etag")]).toEqual([200, 'W/"1"']);
    },
  );

  test("has a response without a body when the caller prefers that", async () => {
    const response = await facade().patch({}, { headers: { Prefer: "return=minimal" } });
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(response.headers.get("preference-applied")).toBe("return=minimal");
    expect(response.headers.get("etag")).toBe('W/"1"');
    const whole = await facade().patch({}, { headers: { Prefer: "return=representation" } });
    expect(whole.headers.get("preference-applied")).toBe("return=representation");
  });

  test("may come compressed, with a byte-order mark, or in pieces", async () => {
    const json = "\uFEFF{}";
    const headers = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
    expect(
      (await facade().call("PATCH", summary, { headers, body: new Uint8Array(gzipSync(json)) })).status,
    ).toBe(200);
    expect((await facade().patch(json)).status).toBe(200);
  });

  test("may require a version, or that the summary does not exist", async () => {
    const { patch } = facade();
    expect((await patch({}, { headers: { "If-Match": "*" } })).status).toBe(200);
    expect((await patch({}, { headers: { "If-Match": '"9", 1' } })).status).toBe(200);
    for (const headers of [
      { "If-Match": 'W/"07"' },
      { "If-None-Match": "*" },
      { "If-Match": "*", "If-None-Match": '"1"' },
    ]) {
      const response = await patch({ failedDeviceCount: 5 }, { headers });
      expect(response.headers.get("etag")).toBe('W/"1"');
      expect((await read(response)).error).toMatchObject({
        code: "PreconditionFailed",
        innerError: { code: "resourceModified" },
      });
    }
  });

  test.each<[unknown, string]>([
    [
      '{"failedDeviceCount":"4"}',
      "400 ModelValidationFailure failedDeviceCount Cannot convert the literal '4' to the expected type 'Edm.Int32'.",
    ],
    [
      '{"failedDeviceCount":-1}',
      "400 ModelValidationFailure failedDeviceCount 'failedDeviceCount' must be between 0 and 2147483647; got -1.",
    ],
    [{ id: iosAppId }, `400 ModelValidationFailure id 'id' cannot be changed. It is '${appId}'.`],
    ["", "400 BadRequest Empty Payload. JSON content expected."],
    [
      "[]",
      "400 BadRequest An unexpected 'StartArray' node was found when reading from the JSON reader. A 'StartObject' node was expected.",
    ],
    [
      "{",
      "400 BadRequest Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    ],
    [`{"x":"${"y".repeat(64 * 1024)}"}`, "413 RequestEntityTooLarge The body is larger than 65536 bytes."],
  ])("that is faulty is refused with the fault: %.40s", async (body, response) => {
    expect(await outcome(await facade().patch(body))).toContain(response);
  });

  test("with several faults has each in its details", async () => {
    const { error } = await read(await facade().patch('{"failedDeviceCount":null,"x":1}'));
    expect(error.target).toBe("failedDeviceCount");
    expect(error.details.map(({ target }: { target: string }) => target)).toEqual(["failedDeviceCount", "x"]);
  });

  test("as a dry run is shown with its warnings, and commits nothing", async () => {
    const patch = (query: string): Promise<Response> =>
      facade().patch({ failedDeviceCount: 0 }, { path: `${summary}?${query}` });
    const response = await patch("dryRun=true&$select=failedDeviceCount");
    expect(response.headers.get("etag")).toBe('W/"1"');
    expect(await read(response)).toEqual({
      "@odata.context": expect.stringContaining("/installSummary(failedDeviceCount)/$entity"),
      "@odata.type": "#microsoft.graph.mobileAppInstallSummary",
      failedDeviceCount: 0,
      "@installSummary.warnings": expect.arrayContaining([
        expect.objectContaining({ code: "deviceTotalChanged" }),
      ]),
    });
    expect(await outcome(await patch("dryRun=yes"))).toBe(
      "400 BadRequest Invalid value 'yes' for dryRun query option found. The dryRun query option requires true or false.",
    );
    const unknown = { path: `${apps}/${unknownId}/installSummary?dryRun=true` };
    expect((await facade().patch({}, unknown)).status).toBe(404);
  });

  test.each(["dryrum=true", "$top=1", "_=1"])("with ?%s is refused", async (query) => {
    const [name] = query.split("=");
    const response = await facade().patch({ failedDeviceCount: 5 }, { path: `${summary}?${query}` });
    expect(await outcome(response)).toBe(`400 BadRequest The query parameter '${name}' is not supported.`);
  });

  test("of an app that does not exist is a 404", async () => {
    const { patch } = facade();
    expect(await outcome(await patch({}, { path: `${apps}/${unknownId}/installSummary` }))).toBe(
      `404 ResourceNotFound No mobile app with id '${unknownId}' exists.`,
    );
    const cast = `${apps}/${appId}/microsoft.graph.webApp/installSummary`;
    expect(await outcome(await patch({ failedDeviceCount: 5 }, { path: cast }))).toBe(
      `404 ResourceNotFound No mobile app with id '${appId}' exists. The app of this id is a microsoft.graph.win32LobApp.`,
    );
  });

  test("that was refused has changed nothing", async () => {
    expect((await facade().get(summary)).headers.get("etag")).toBe('W/"1"');
  });
});

test("HEAD has the headers of GET and no body", async () => {
  const { call } = facade();
  for (const path of [summary, apps, `${apps}/${appId}?$expand=installSummary`, "/", "/beta", "/livez"]) {
    const [get, head] = [await call("GET", path), await call("HEAD", path)];
    expect(lasting(head)).toEqual(lasting(get));
    expect(await head.text()).toBe("");
    expect(Number(head.headers.get("content-length"))).toBe(Buffer.byteLength(await get.text()));
  }
});

/** The headers that two responses to the same request have in common. */
function lasting({ headers }: Response): unknown {
  return [...headers].filter(([name]) => !/request-id|date|connection|keep-alive/.test(name));
}

describe("methods", () => {
  test.each([
    [summary, "GET, HEAD, PATCH, OPTIONS"],
    [apps, "GET, HEAD, OPTIONS"],
    [`${apps}/${unknownId}`, "GET, HEAD, OPTIONS"],
    ["/beta", "GET, HEAD, OPTIONS"],
    ["/", "GET, HEAD, OPTIONS"],
  ])("of %s", async (path, allow) => {
    const { call } = facade();
    const options = await call("OPTIONS", path, { token: null });
    expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
    const others = ["DELETE", "PUT", "POST", ...(allow.includes("PATCH") ? [] : ["PATCH"])];
    for (const method of others) {
      const response = await call(method, path);
      expect(response.headers.get("allow")).toBe(allow);
      expect(await outcome(response)).toBe(
        "405 MethodNotAllowed Specified HTTP method is not allowed for the request target.",
      );
    }
  });
});

describe("policies", () => {
  test("a read is wrapped where the service wraps, a change never", async () => {
    const { get, patch } = await useFacade({ settings: { policy: { wrapGet: true } } });
    expect(await read(await get(summary))).toEqual({ value: await read(await patch({})) });
  });

  test("a change must name a version where the service requires one", async () => {
    const { patch } = await useFacade({ settings: { policy: { requireIfMatch: true } } });
    expect(await outcome(await patch({}))).toBe(
      "428 PreconditionRequired The If-Match header must be specified for this kind of request.",
    );
    expect((await patch({}, { headers: { "If-Match": '"1"' } })).status).toBe(200);
  });

  test("a read-only service changes nothing", async () => {
    const { patch, get } = await useFacade({ settings: { policy: { readOnly: true } } });
    expect(await outcome(await patch({}))).toBe("403 Forbidden The service is read-only.");
    expect((await get(summary)).status).toBe(200);
  });

  test("applications are allowed where the service is set to allow them", async () => {
    const shut = facade();
    const token = await shut.issueToken({ application: true });
    expect(await outcome(await shut.get(summary, { token }))).toMatch(/^403 Forbidden Application is not/);
    const open = await useFacade({ settings: { policy: { allowApplication: true } } });
    const other = await open.issueToken({ application: true });
    expect((await open.patch({}, { token: other })).status).toBe(200);
  });
});
