import type { GoldenPair } from "../golden-pair.ts";
import { bounded } from "./fault-pairs.ts";
import {
  answered,
  apps,
  context,
  get,
  modified,
  pair,
  patch,
  path,
  summary,
  writtenApp,
} from "./pair-parts.ts";

const minimal = { ...bounded, installedUserCount: 40 };

/** 40–46: what was committed is what every way of reading shows. */
export const closingPairs: readonly GoldenPair[] = [
  pair(
    "PATCH with return=minimal that changes something is answered without a body, too",
    patch('{"installedUserCount":40}', { prefer: "return=minimal" }),
    { status: 204, headers: { "preference-applied": "return=minimal" } },
  ),
  pair(
    "GET answers what was committed without a body, under another ETag",
    get(path),
    answered("minimal", minimal),
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
    { feature: "query" },
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
  pair(
    "GET still answers the same in the end, with the headers of every answer",
    get(path, { "client-request-id": "golden-pair" }),
    {
      status: 200,
      headers: {
        etag: "{etag:minimal}",
        "content-type": "application/json…",
        "odata-version": "4.0",
        "cache-control": "private, no-store",
        "request-id": "…",
        "client-request-id": "golden-pair",
      },
      body: summary(minimal),
    },
  ),
];
