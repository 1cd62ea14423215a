import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import { anyCounters, context, summary, summaryMembers } from "./body-parts.ts";
import {
  answered,
  apps,
  changed,
  get,
  modified,
  pair,
  patch,
  path,
  type UnnumberedPair,
} from "./pair-parts.ts";
import { minimal } from "./read-pairs.ts";

const committed = { ...minimal, notInstalledUserCount: 60 };

/** What differs from the example from 61 on. */
export const last: InstallSummaryPatch = { ...minimal, pendingInstallDeviceCount: 61 };

/** 55–63: an ETag stands for one state of one app, and no other state or app has it. */
export const versionPairs: readonly UnnumberedPair[] = [
  pair(
    "a list has another app, with a summary of its own",
    get(`${apps}?$expand=installSummary&$top=1000`),
    {
      status: 200,
      body: {
        "@odata.context": `${context}(installSummary())`,
        value: [
          { id: "{appId}", "…": "…" },
          {
            id: "{new text:otherApp}",
            installSummary: { "@odata.etag": "{new text:otherETag}", "…": "…" },
            "…": "…",
          },
          "…",
        ],
      },
    },
    { feature: "list" },
  ),
  pair(
    "PATCH back to earlier values gives an ETag that no state had before",
    patch('{"failedUserCount":0}'),
    changed("back", minimal),
  ),
  pair(
    "PATCH with the ETag that these values had earlier is 412",
    patch('{"failedDeviceCount":57}', { "if-match": "{etag:minimal}" }),
    modified("back"),
  ),
  pair(
    "PATCH with If-None-Match is 412 when that is the ETag of now",
    patch('{"failedDeviceCount":58}', { "if-none-match": "{etag:back}" }),
    modified("back"),
  ),
  pair(
    "GET of another state than the caller already has is 200",
    get(path, { "if-none-match": "{etag:minimal}" }),
    answered("back", minimal),
  ),
  pair(
    "PATCH with dryRun=false is no dry run",
    { ...patch('{"notInstalledUserCount":60}'), path: `${path}?dryRun=false` },
    changed("committed", committed),
    { feature: "dryRun" },
  ),
  pair(
    "PATCH goes on from whatever state there is",
    patch('{"notInstalledUserCount":5,"pendingInstallDeviceCount":61}'),
    changed("last", last),
  ),
  pair(
    "PATCH as a dry run of nothing answers what is, and warns of nothing",
    { ...patch("{}"), path: `${path}?dryRun=true` },
    {
      status: 200,
      headers: { etag: "{etag:last}" },
      body: { ...summary(last), "@installSummary.warnings": [] },
    },
    { feature: "dryRun" },
  ),
  pair(
    "another app was not changed by all of this",
    get(`${apps}/{text:otherApp}/installSummary`),
    {
      status: 200,
      headers: { etag: "{text:otherETag}" },
      body: {
        "@odata.context": `${context}('{text:otherApp}')/installSummary/$entity`,
        ...summaryMembers("{text:otherApp}", anyCounters),
      },
    },
    { feature: "list" },
  ),
];
