import type { GoldenPair, PairRequest } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { apps, get, patch, setting, summaryPath, unknownSummary } from "./parts/requests.ts";
import {
  forbidden,
  invalid,
  invalidQuery,
  malformedETag,
  noToken,
  notAllowed,
  notFound,
} from "./parts/responses.ts";

const remove: PairRequest = { method: "DELETE", path: summaryPath, headers: {} };
const misspelt: string = `${summaryPath}?dryrum=true`;
const text = { "content-type": "text/plain" };

/** Where a request has several faults, the contract says which one is reported. */
export const order: readonly GoldenPair[] = [
  pair(76, "a missing token is reported before a wrong method", remove, noToken, { identity: "none" }),
  pair(77, "a missing token is reported before a wrong path", get(`${apps}/nope`), noToken, {
    identity: "none",
  }),
  pair(
    78,
    "a wrong method is reported before a missing permission",
    remove,
    notAllowed("GET, HEAD, PATCH, OPTIONS"),
    { identity: "reader" },
  ),
  pair(
    79,
    "a missing permission is reported before a wrong option",
    (number) => patch(setting(number), {}, misspelt),
    forbidden,
    { identity: "reader" },
  ),
  pair(
    80,
    "a missing permission is reported before a wrong media type",
    (number) => patch(setting(number), text),
    forbidden,
    { identity: "reader" },
  ),
  pair(
    81,
    "a missing permission is reported before an unknown app",
    (number) => patch(setting(number), {}, unknownSummary),
    forbidden,
    { identity: "reader" },
  ),
  pair(
    82,
    "a wrong option is reported before a wrong media type",
    (number) => patch(setting(number), text, misspelt),
    invalidQuery,
  ),
  pair(
    83,
    "a wrong body is reported before an unknown app",
    (number) => patch(setting(-number), {}, unknownSummary),
    invalid("failedDeviceCount"),
  ),
  pair(
    84,
    "a malformed If-Match is reported before an unknown app",
    (number) => patch(setting(number), { "if-match": `W/"${number}` }, unknownSummary),
    malformedETag,
  ),
  pair(
    85,
    "a wrong body is reported before a stale If-Match",
    (number) => patch(setting(-number), { "if-match": "{etag:example}" }),
    invalid("failedDeviceCount"),
  ),
  pair(
    86,
    "an unknown app is reported before a stale If-Match",
    (number) => patch(setting(number), { "if-match": "{etag:example}" }, unknownSummary),
    notFound,
  ),
  pair(
    87,
    "a malformed If-None-Match is reported before a stale If-Match",
    (number) => patch(setting(number), { "if-match": "{etag:example}", "if-none-match": `W/"${number}` }),
    malformedETag,
  ),
];
