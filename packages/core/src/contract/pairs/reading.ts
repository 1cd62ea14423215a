import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { get, summaryPath } from "./parts/requests.ts";
import { badRequest, changed, current, refused } from "./parts/responses.ts";
import { context } from "./parts/representations.ts";
import { countersIn } from "./parts/states.ts";

/** GET of a summary: what was committed, and nothing of what was refused. */
export const reading: readonly GoldenPair[] = [
  pair(2, "GET returns what PATCH returned, with its ETag", get(summaryPath), current("example")),
  pair(26, "GET shows nothing of the refused changes", get(summaryPath), current("starred")),
  pair(
    41,
    "GET returns the change that was committed without a body, under a new ETag",
    get(summaryPath),
    changed("minimal"),
  ),
  pair(
    127,
    "GET with $select returns the selected counters only",
    get(`${summaryPath}?$select=failedDeviceCount`),
    {
      status: 200,
      headers: { etag: "{etag:last}" },
      body: {
        "@odata.context": `${context}('{appId}')/installSummary(failedDeviceCount)/$entity`,
        "@odata.type": "#microsoft.graph.mobileAppInstallSummary",
        failedDeviceCount: 1000,
      },
    },
    { feature: "query" },
  ),
  pair(
    128,
    "GET without metadata returns the id and the counters only",
    get(summaryPath, { accept: "application/json;odata.metadata=none" }),
    {
      status: 200,
      headers: { etag: "{etag:last}", "content-type": "application/json;odata.metadata=none;…" },
      body: { id: "{appId}", ...countersIn("last") },
    },
  ),
  pair(
    129,
    "GET of another media type than JSON is 406",
    get(summaryPath, { accept: "text/html" }),
    refused(406, "NotAcceptable", { innerCode: "invalidAcceptType" }),
  ),
  pair(
    130,
    "GET for an OData version before 4.0 is 400",
    get(summaryPath, { "odata-maxversion": "3.0" }),
    badRequest,
  ),
  pair(
    135,
    "GET with an OData-Version that names its agent is served",
    get(summaryPath, { "odata-version": "4.0;NetFx", "odata-maxversion": "4.0;NetFx" }),
    current("last"),
  ),
  pair(
    136,
    "GET with control information in $select returns what it returns without it",
    get(`${summaryPath}?$select=failedDeviceCount,@odata.type`),
    {
      status: 200,
      headers: { etag: "{etag:last}" },
      body: {
        "@odata.context": `${context}('{appId}')/installSummary(failedDeviceCount)/$entity`,
        "@odata.type": "#microsoft.graph.mobileAppInstallSummary",
        failedDeviceCount: 1000,
      },
    },
    { feature: "query" },
  ),
];
