import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import { bounded } from "./fault-pairs.ts";
import { context, writtenApp } from "./body-parts.ts";
import { apps, changed, get, modified, pair, patch, path, type UnnumberedPair } from "./pair-parts.ts";

/** What differs from the example once 40 went through. */
export const minimal: InstallSummaryPatch = { ...bounded, installedUserCount: 40 };

/** 40–45: what was committed is what every way of reading shows. */
export const readPairs: readonly UnnumberedPair[] = [
  pair(
    "PATCH with return=minimal that changes something is answered without a body, too",
    patch('{"installedUserCount":40}', { prefer: "return=minimal" }),
    { status: 204, headers: { "preference-applied": "return=minimal" } },
  ),
  pair(
    "GET answers what was committed without a body, under another ETag",
    get(path),
    changed("minimal", minimal),
  ),
  pair(
    "an app has the summary that was written",
    get(`${apps}/{appId}?$expand=installSummary`),
    {
      status: 200,
      body: {
        "@odata.context": `${context}(installSummary())/$entity`,
        ...writtenApp("minimal", minimal),
      },
    },
    { feature: "list" },
  ),
  pair(
    "a list has the summary that was written",
    get(`${apps}?$expand=installSummary&$top=1000`),
    {
      status: 200,
      body: {
        "@odata.context": `${context}(installSummary())`,
        value: [writtenApp("minimal", minimal), "…"],
      },
    },
    { feature: "list" },
  ),
  pair(
    "a filter by id finds one app, with the summary that was written",
    get(`${apps}?$filter=id%20eq%20%27{appId}%27&$expand=installSummary`),
    {
      status: 200,
      body: {
        "@odata.context": `${context}(installSummary())`,
        value: [writtenApp("minimal", minimal)],
      },
    },
    { feature: "filter" },
  ),
  pair(
    "PATCH as a dry run with a stale If-Match is 412",
    {
      ...patch('{"failedDeviceCount":45}', { "if-match": "{etag:starred}" }),
      path: `${path}?dryRun=true`,
    },
    modified("minimal"),
    { feature: "dryRun" },
  ),
];
