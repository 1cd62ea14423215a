import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { summary } from "./parts/representations.ts";
import { get, patch, setting, summaryPath } from "./parts/requests.ts";
import { changed, current, invalidQuery, modified } from "./parts/responses.ts";
import { bodyTo, countersIn } from "./parts/states.ts";

const dryRun = { feature: "dryRun" } as const;

/** Query options of a summary: on PATCH every name is known or refused, so that a misspelt dry run commits nothing. */
export const options: readonly GoldenPair[] = [
  pair(
    14,
    "PATCH as a dry run returns the summary as it would be, under the current ETag",
    (number) => patch(setting(number), {}, `${summaryPath}?dryRun=true`),
    {
      status: 200,
      headers: { etag: "{etag:starred}" },
      body: {
        ...summary({ ...countersIn("starred"), failedDeviceCount: 14 }),
        "@installSummary.warnings": [
          { code: "deviceTotalChanged", message: "{text}", counters: ["failedDeviceCount", "…"] },
          "…",
        ],
      },
    },
    dryRun,
  ),
  pair(
    15,
    "PATCH with a misspelt dryRun is 400",
    (number) => patch(setting(number), {}, `${summaryPath}?dryrum=true`),
    invalidQuery,
  ),
  pair(
    45,
    "PATCH as a dry run with a stale If-Match is 412",
    (number) => patch(setting(number), { "if-match": "{etag:starred}" }, `${summaryPath}?dryRun=true`),
    modified("minimal"),
    dryRun,
  ),
  pair(
    46,
    "PATCH with dryRun twice is 400",
    (number) => patch(setting(number), {}, `${summaryPath}?dryRun=true&dryRun=false`),
    invalidQuery,
  ),
  pair(
    47,
    "PATCH with a dryRun other than true and false is 400",
    (number) => patch(setting(number), {}, `${summaryPath}?dryRun=maybe`),
    invalidQuery,
  ),
  pair(
    60,
    "PATCH with dryRun=false commits its change",
    patch(bodyTo("committed"), {}, `${summaryPath}?dryRun=false`),
    changed("committed"),
    dryRun,
  ),
  pair(
    62,
    "PATCH of an empty object as a dry run returns the current summary without warnings",
    patch("{}", {}, `${summaryPath}?dryRun=true`),
    {
      status: 200,
      headers: { etag: "{etag:last}" },
      body: { ...summary(countersIn("last")), "@installSummary.warnings": [] },
    },
    dryRun,
  ),
  pair(73, "GET with an unknown option is 400", get(`${summaryPath}?$nope=1`), invalidQuery),
  pair(74, "GET ignores a query name that is not an option", get(`${summaryPath}?_=1577`), current("last")),
  pair(
    137,
    "GET with a $ in the middle of a query name is 400",
    get(`${summaryPath}?%60$select=failedDeviceCount`),
    invalidQuery,
  ),
];
