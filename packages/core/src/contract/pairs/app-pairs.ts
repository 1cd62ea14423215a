import type { ExpectedJson, PairFeature, PairRequest } from "../format/golden-pair.ts";
import { appMembers, context, someApp, summary } from "./body-parts.ts";
import {
  apps,
  get,
  invalidQuery,
  json,
  notAllowed,
  pair,
  path,
  refused,
  type UnnumberedPair,
} from "./pair-parts.ts";
import { last } from "./version-pairs.ts";

const list = { feature: "list" } as const;
const selected = { "@odata.type": "#microsoft.graph.…", id: "{appId}" };

/** 89–103: apps, and lists of them. */
export const appPairs: readonly UnnumberedPair[] = [
  found("an app without what was not asked for", `${apps}/{appId}`, "list", {
    "@odata.context": `${context}/$entity`,
    ...appMembers("{appId}"),
  }),
  pair(
    "PATCH of an app is 405",
    { method: "PATCH", path: `${apps}/{appId}`, headers: json, body: '{"displayName":"90"}' },
    notAllowed("GET, HEAD, OPTIONS"),
    list,
  ),
  pair("POST of an app is 405", post(apps), notAllowed("GET, HEAD, OPTIONS"), list),
  found("the next page has another app", `${apps}?{text:nextPage}`, "list", {
    "@odata.context": `${context}(installSummary())`,
    value: [someApp("{new guid:secondApp}")],
    "…": "…",
  }),
  found("a page of no apps links to no other", `${apps}?$top=0`, "list", {
    "@odata.context": context,
    value: [],
  }),
  pair("a page of fewer than no apps is 400", get(`${apps}?$top=-1`), invalidQuery(), list),
  pair(
    "an option that comes twice, with and without $, is 400",
    get(`${apps}?$top=1&top=2`),
    invalidQuery(),
    list,
  ),
  pair(
    "a page that no link led to is 400",
    get(`${apps}?$skiptoken=golden`),
    refused(400, "BadRequest"),
    list,
  ),
  pair(
    "a list of a derived type is 400",
    get(`${apps}/microsoft.graph.win32LobApp`),
    refused(400, "BadRequest"),
    list,
  ),
  pair(
    "a filter that cannot be read is 400, never ignored",
    get(`${apps}?$filter=id%20eq`),
    invalidQuery(),
    list,
  ),
  found(
    "a filter leaves out what it does not match",
    `${apps}?$filter=id%20eq%20%27{appId}%27%20and%20installSummary/failedDeviceCount%20lt%201000&$select=id`,
    "filter",
    { "@odata.context": `${context}(id)`, value: [] },
  ),
  found(
    "a filter counts what it matches",
    `${apps}?$filter=id%20eq%20%27{appId}%27%20and%20installSummary/failedDeviceCount%20ge%201000&$Select=id&$count=true`,
    "filter",
    { "@odata.context": `${context}(id)`, "@odata.count": 1, value: [selected] },
  ),
  pair(
    "the number of apps is a text of its own",
    get(`${apps}/$count`),
    { status: 200, headers: { "content-type": "text/plain…" }, body: "{count}" },
    { feature: "count" },
  ),
  pair("GET of a batch is 405", get("/$batch"), notAllowed("POST, OPTIONS"), { feature: "batch" }),
  pair(
    "a batch carries out what depends on a request that was not refused",
    {
      ...post("/$batch"),
      body: JSON.stringify({
        requests: [
          { id: "first", method: "GET", url: path },
          { id: "second", method: "GET", url: path, dependsOn: ["first"] },
        ],
      }),
    },
    { status: 200, body: { responses: [answeredItem("first"), answeredItem("second")] } },
    { feature: "batch" },
  ),
];

function found(name: string, resource: string, feature: PairFeature, body: ExpectedJson): UnnumberedPair {
  return pair(name, get(resource), { status: 200, body }, { feature });
}

function answeredItem(id: string): ExpectedJson {
  return { id, status: 200, body: summary(last), "…": "…" };
}

function post(resource: string): PairRequest {
  return { method: "POST", path: resource, headers: json, body: "{}" };
}
