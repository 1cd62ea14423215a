import type { ExpectedJson } from "../format/expected-json.ts";
import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { context, writtenApp } from "./parts/representations.ts";
import { apps, get } from "./parts/requests.ts";

const filter = { feature: "filter" } as const;
const isTheApp = "id%20eq%20%27{appId}%27";
const selected: ExpectedJson = { "@odata.type": "#microsoft.graph.…", id: "{appId}" };

/** Lists of the apps that match a condition, and the number of apps. */
export const filters: readonly GoldenPair[] = [
  pair(
    23,
    "options without $ filter by a counter and select",
    get(`${apps}?filter=installSummary/failedDeviceCount%20gt%200&select=id`),
    { status: 200, body: { "@odata.context": `${context}(id)`, value: [selected, "…"], "…": "…" } },
    filter,
  ),
  pair(
    44,
    "a filter by id finds one app, with the committed summary",
    get(`${apps}?$filter=${isTheApp}&$expand=installSummary`),
    {
      status: 200,
      body: { "@odata.context": `${context}(installSummary())`, value: [writtenApp("minimal")] },
    },
    filter,
  ),
  pair(
    99,
    "a filter leaves out the apps that do not match",
    get(`${apps}?$filter=${isTheApp}%20and%20installSummary/failedDeviceCount%20lt%201000&$select=id`),
    { status: 200, body: { "@odata.context": `${context}(id)`, value: [] } },
    filter,
  ),
  pair(
    100,
    "a filter counts the apps that match",
    get(
      `${apps}?$filter=${isTheApp}%20and%20installSummary/failedDeviceCount%20ge%201000&$Select=id&$count=true`,
    ),
    { status: 200, body: { "@odata.context": `${context}(id)`, "@odata.count": 1, value: [selected] } },
    filter,
  ),
  pair(
    101,
    "the number of apps is plain text",
    get(`${apps}/$count`),
    { status: 200, headers: { "content-type": "text/plain…" }, body: "{count}" },
    { feature: "count" },
  ),
];
