import type { InstallSummaryPatch } from "../install-summary.ts";
import type { ExpectedError, ExpectedJson, GoldenPair, PairRequest } from "./golden-pair.ts";

const apps = "/deviceAppManagement/mobileApps";
const path = `${apps}/{appId}/installSummary`;
const type = "#microsoft.graph.mobileAppInstallSummary";
const json = { "content-type": "application/json" };

/** The specification's example. */
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

/**
 * The requests of the contract with their answers. They run in this order, against one app of a tenant that has at
 * least two, and overwrite its counters. A pair never changes once it is released; later versions only add some.
 */
export const goldenPairs: readonly GoldenPair[] = [
  pair("PATCH of all ten counters answers the summary", patch(JSON.stringify(example)), {
    status: 200,
    body: summary(),
  }),
  pair("GET answers what PATCH answered, with its ETag", get(path), {
    status: 200,
    headers: { etag: "{etag:example}" },
    body: summary(),
  }),
  pair("GET of what the caller already has is 304", get(path, { "if-none-match": "{etag:example}" }), {
    status: 304,
  }),
  pair("PATCH of nothing changes nothing, not even the ETag", patch("{}"), {
    status: 200,
    headers: { etag: "{etag:example}" },
    body: summary(),
  }),
  pair("PATCH of a whole number with an exponent sets it", patch('{"failedDeviceCount":1e3}'), {
    status: 200,
    headers: { etag: "{etag:thousand}" },
    body: summary({ failedDeviceCount: 1000 }),
  }),
  pair("PATCH of a number as text is 400 and names the counter", patch('{"failedDeviceCount":"4"}'), {
    status: 400,
    error: { code: "ModelValidationFailure", target: "failedDeviceCount" },
  }),
  pair("PATCH with two faults is 400 and lists both", patch('{"failedDeviceCount":null,"x":1}'), {
    status: 400,
    error: {
      code: "ModelValidationFailure",
      target: "failedDeviceCount",
      details: ["failedDeviceCount", "x"],
    },
  }),
  pair("PATCH of a negative counter is 400 and names it", patch('{"failedDeviceCount":-1}'), {
    status: 400,
    error: { code: "ModelValidationFailure", target: "failedDeviceCount" },
  }),
  pair("PATCH without a body is 400", patch(""), refused(400, "BadRequest")),
  pair(
    "PATCH of text is 415",
    patch('{"failedDeviceCount":2}', { "content-type": "text/plain" }),
    refused(415, "UnsupportedMediaType"),
  ),
  pair(
    "PATCH with a stale If-Match is 412 and says the ETag of now",
    patch('{"failedDeviceCount":2}', { "if-match": "{etag:example}" }),
    { ...refused(412, "PreconditionFailed"), headers: { etag: "{etag:thousand}" } },
  ),
  pair("PATCH with If-Match * goes through", patch('{"failedDeviceCount":2}', { "if-match": "*" }), {
    status: 200,
    headers: { etag: "{etag:two}" },
    body: summary({ failedDeviceCount: 2 }),
  }),
  pair(
    "PATCH with return=minimal is answered without a body",
    patch('{"failedDeviceCount":2}', { prefer: "return=minimal" }),
    { status: 204 },
  ),
  pair(
    "PATCH as a dry run answers what would be, under the ETag of what is",
    { ...patch('{"failedDeviceCount":3}'), path: `${path}?dryRun=true` },
    {
      status: 200,
      headers: { etag: "{etag:two}" },
      body: { ...summary({ failedDeviceCount: 3 }), "@installSummary.warnings": ["…"] },
    },
    { feature: "dryRun" },
  ),
  pair(
    "PATCH with a misspelt dryRun is 400 and commits nothing",
    { ...patch('{"failedDeviceCount":3}'), path: `${path}?dryrum=true` },
    refused(400, "BadRequest"),
  ),
  pair(
    "DELETE is 405 and says what is allowed",
    { method: "DELETE", path, headers: {} },
    { ...refused(405, "MethodNotAllowed"), headers: { allow: "GET, HEAD, PATCH, OPTIONS" } },
  ),
  pair(
    "a sibling path that Graph removed is 400",
    get(`${apps}/{appId}/deviceStatuses`),
    refused(400, "BadRequest"),
  ),
  pair(
    "an app that nobody knows is 404",
    get(`${apps}/00000000-0000-4000-8000-00000badc0de/installSummary`),
    refused(404, "ResourceNotFound"),
  ),
  pair("an id that is no GUID is 400", get(`${apps}/nope`), refused(400, "BadRequest")),
  pair("GET without a token is 401", get(path), refused(401, "InvalidAuthenticationToken"), {
    identity: "none",
  }),
  pair(
    "PATCH by someone who may only read is 403",
    patch('{"failedDeviceCount":3}'),
    refused(403, "Forbidden"),
    { identity: "reader" },
  ),
  pair(
    "a page of one app with its summary links to the next",
    get(`${apps}?$expand=installSummary&$top=1`),
    {
      status: 200,
      body: {
        "@odata.context": "…/$metadata#deviceAppManagement/mobileApps(installSummary())",
        "@odata.nextLink": `…${apps}?…`,
        value: [expandedApp()],
      },
    },
    { feature: "list" },
  ),
  pair(
    "options without $ filter by a counter and select",
    get(`${apps}?filter=installSummary/failedDeviceCount%20gt%200&select=id`),
    {
      status: 200,
      body: {
        "@odata.context": "…/$metadata#deviceAppManagement/mobileApps(id)",
        value: [{ id: "…" }, "…"],
        "…": "…",
      },
    },
    { feature: "query" },
  ),
  pair(
    "an expansion that is not served is 400, never an empty list",
    get(`${apps}?$expand=assignments`),
    refused(400, "BadRequest"),
    { feature: "list" },
  ),
  pair(
    "a batch carries out no request whose predecessor was refused",
    {
      method: "POST",
      path: "/$batch",
      headers: json,
      body: JSON.stringify({
        requests: [
          {
            id: "1",
            method: "PATCH",
            url: path,
            headers: { "Content-Type": "application/json", "If-Match": "{etag:example}" },
            body: { failedDeviceCount: 3 },
          },
          { id: "2", method: "GET", url: path, dependsOn: ["1"] },
        ],
      }),
    },
    {
      status: 200,
      body: {
        responses: [refusedItem("1", 412, "PreconditionFailed"), refusedItem("2", 424, "FailedDependency")],
      },
    },
    { feature: "batch" },
  ),
];

function pair(
  name: string,
  request: PairRequest,
  expected: GoldenPair["expected"],
  { feature = "core", identity = "writer" }: Partial<Pick<GoldenPair, "feature" | "identity">> = {},
): GoldenPair {
  return { name, feature, identity, request, expected };
}

function get(resource: string, headers: PairRequest["headers"] = {}): PairRequest {
  return { method: "GET", path: resource, headers };
}

function patch(body: string, headers: PairRequest["headers"] = {}): PairRequest {
  return { method: "PATCH", path, headers: { ...json, ...headers }, body };
}

function refused(status: number, code: string): { status: number; error: ExpectedError } {
  return { status, error: { code } };
}

function summary(counters: InstallSummaryPatch = {}): { readonly [name: string]: ExpectedJson } {
  return {
    "@odata.context": `…/$metadata#deviceAppManagement/mobileApps('{appId}')/installSummary/$entity`,
    "@odata.type": type,
    id: "{appId}",
    ...example,
    ...counters,
  };
}

/** Any app of a tenant: whichever comes first, and of whichever type, which may have further properties. */
function expandedApp(): ExpectedJson {
  const properties =
    "id displayName description publisher createdDateTime lastModifiedDateTime isFeatured privacyInformationUrl informationUrl owner developer notes publishingState isAssigned";
  return {
    "@odata.type": "#microsoft.graph.…",
    ...anything(properties.split(" ")),
    "installSummary@odata.context": "…/$metadata#deviceAppManagement/mobileApps('…')/installSummary/$entity",
    installSummary: {
      "@odata.etag": 'W/"…"',
      "@odata.type": type,
      id: "…",
      ...anything(Object.keys(example)),
    },
    "…": "…",
  };
}

function anything(names: readonly string[]): { readonly [name: string]: ExpectedJson } {
  return Object.fromEntries(names.map((name) => [name, "…"]));
}

function refusedItem(id: string, status: number, code: string): ExpectedJson {
  return { id, status, body: { error: { code, "…": "…" } }, "…": "…" };
}
