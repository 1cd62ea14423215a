import { summary } from "./body-parts.ts";
import { changed, invalidQuery, modified, pair, patch, path, type UnnumberedPair } from "./pair-parts.ts";

/** What differs from the example once 12 went through, and still after 25. */
export const starred = { failedDeviceCount: 1000, installedDeviceCount: 12 };

/** 11–15: what a caller may ask of a PATCH beside its body. */
export const preferencePairs: readonly UnnumberedPair[] = [
  pair(
    "PATCH with a stale If-Match is 412 and says the ETag of now",
    patch('{"failedDeviceCount":11}', { "if-match": "{etag:example}" }),
    modified("thousand"),
  ),
  pair(
    "PATCH with If-Match * goes through",
    patch('{"installedDeviceCount":12}', { "if-match": "*" }),
    changed("starred", starred),
  ),
  pair(
    "PATCH with return=minimal is answered without a body",
    patch('{"installedDeviceCount":12}', { prefer: "return=minimal" }),
    { status: 204, headers: { "preference-applied": "return=minimal" } },
  ),
  pair(
    "PATCH as a dry run answers what would be, under the ETag of what is",
    { ...patch('{"failedDeviceCount":14}'), path: `${path}?dryRun=true` },
    {
      status: 200,
      headers: { etag: "{etag:starred}" },
      body: {
        ...summary({ ...starred, failedDeviceCount: 14 }),
        "@installSummary.warnings": [
          { code: "deviceTotalChanged", message: "{text}", counters: ["failedDeviceCount", "…"] },
          "…",
        ],
      },
    },
    { feature: "dryRun" },
  ),
  pair(
    "PATCH with a misspelt dryRun is 400 and commits nothing",
    { ...patch('{"failedDeviceCount":15}'), path: `${path}?dryrum=true` },
    invalidQuery(),
  ),
];
