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
    "PATCH as a dry run answers what would be, under the ETag of what is",
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
    "PATCH with a misspelt dryRun is 400 and commits nothing",
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
    "PATCH with a dryRun that is neither true nor false is 400",
    (number) => patch(setting(number), {}, `${summaryPath}?dryRun=maybe`),
    invalidQuery,
  ),
  pair(
    60,
    "PATCH with dryRun=false is no dry run",
    patch(bodyTo("committed"), {}, `${summaryPath}?dryRun=false`),
    changed("committed"),
    dryRun,
  ),
  pair(
    62,
    "PATCH as a dry run of nothing answers what is, and warns of nothing",
    patch("{}", {}, `${summaryPath}?dryRun=true`),
    {
      status: 200,
      headers: { etag: "{etag:last}" },
      body: { ...summary(countersIn("last")), "@installSummary.warnings": [] },
    },
    dryRun,
  ),
  pair(73, "GET with an option that is not known is 400", get(`${summaryPath}?$nope=1`), invalidQuery),
  pair(74, "GET ignores a name that is no option", get(`${summaryPath}?_=1577`), current("last")),
];
