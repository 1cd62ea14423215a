import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { apps, get, json, patch, post, setting, summaryPath, unknownSummary } from "./parts/requests.ts";
import { badRequest, current, notAllowed, notFound, notModified } from "./parts/responses.ts";

const ofSummary = "GET, HEAD, PATCH, OPTIONS";
const ofApps = "GET, HEAD, OPTIONS";
const list = { feature: "list" } as const;

/** The paths of a summary in all their spellings, and the methods of each path. */
export const paths: readonly GoldenPair[] = [
  pair(17, "a sibling path that Graph has removed is 400", get(`${apps}/{appId}/deviceStatuses`), badRequest),
  pair(18, "an unknown app is 404", get(unknownSummary), notFound),
  pair(19, "an id that is not a GUID is 400", get(`${apps}/nope`), badRequest),
  pair(
    39,
    "PATCH of an unknown app is 404",
    (number) => patch(setting(number), {}, unknownSummary),
    notFound,
  ),
  pair(
    65,
    "the id can be in parentheses and quotes",
    get(`${apps}('{appId}')/installSummary`),
    current("last"),
  ),
  pair(
    66,
    "the id can be in parentheses with its name",
    get(`${apps}(id='{appId}')/installSummary`),
    current("last"),
  ),
  pair(
    67,
    "the id can be in parentheses without quotes",
    get(`${apps}({appId})/installSummary`),
    current("last"),
  ),
  pair(
    68,
    "segments compare without case, and a trailing slash is ignored",
    get("/DeviceAppManagement/MOBILEAPPS/{appId}/InstallSummary/"),
    current("last"),
  ),
  pair(69, "segments can be percent-encoded", get(`${apps}/{appId}/install%53ummary`), current("last")),
  pair(
    75,
    "an unknown id of a nonstandard GUID version is 404",
    get(`${apps}/fedcba98-7654-f210-f012-3456789abcde/installSummary`),
    notFound,
  ),
  ...methods(),
];

function methods(): readonly GoldenPair[] {
  const request = { path: summaryPath, headers: {} };
  return [
    pair(
      16,
      "DELETE is 405 and lists the allowed methods",
      { method: "DELETE", ...request },
      notAllowed(ofSummary),
    ),
    pair(
      70,
      "HEAD returns the ETag and no body",
      { method: "HEAD", ...request },
      { status: 200, headers: { etag: "{etag:last}" } },
    ),
    pair(
      71,
      "HEAD with the current ETag in If-None-Match is 304",
      { method: "HEAD", path: summaryPath, headers: { "if-none-match": "{etag:last}" } },
      notModified("last"),
    ),
    pair(
      72,
      "OPTIONS lists the allowed methods and needs no token",
      { method: "OPTIONS", ...request },
      { status: 204, headers: { allow: ofSummary } },
      { identity: "none" },
    ),
    pair(
      90,
      "PATCH of an app is 405",
      (number) => ({
        method: "PATCH",
        path: `${apps}/{appId}`,
        headers: json,
        body: `{"displayName":"${number}"}`,
      }),
      notAllowed(ofApps),
      list,
    ),
    pair(91, "POST to the list of apps is 405", post(apps, "{}"), notAllowed(ofApps), list),
    pair(102, "GET of a batch is 405", get("/$batch"), notAllowed("POST, OPTIONS"), { feature: "batch" }),
  ];
}
