import type { GoldenPair, PairRequest } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { apps, get, patch, setting, summaryPath, unknownApp } from "./parts/requests.ts";
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
  pair(76, "no token comes before a wrong method", remove, noToken, { identity: "none" }),
  pair(77, "no token comes before a wrong path", get(`${apps}/nope`), noToken, { identity: "none" }),
  pair(
    78,
    "a wrong method comes before what the caller may not",
    remove,
    notAllowed("GET, HEAD, PATCH, OPTIONS"),
    { identity: "reader" },
  ),
  pair(
    79,
    "what the caller may not comes before a wrong option",
    (number) => patch(setting(number), {}, misspelt),
    forbidden,
    { identity: "reader" },
  ),
  pair(
    80,
    "what the caller may not comes before a wrong type of body",
    (number) => patch(setting(number), text),
    forbidden,
    { identity: "reader" },
  ),
  pair(
    81,
    "what the caller may not comes before an app that nobody knows",
    (number) => patch(setting(number), {}, unknownApp),
    forbidden,
    { identity: "reader" },
  ),
  pair(
    82,
    "a wrong option comes before a wrong type of body",
    (number) => patch(setting(number), text, misspelt),
    invalidQuery,
  ),
  pair(
    83,
    "a wrong body comes before an app that nobody knows",
    (number) => patch(setting(-number), {}, unknownApp),
    invalid("failedDeviceCount"),
  ),
  pair(
    84,
    "a malformed If-Match comes before an app that nobody knows",
    (number) => patch(setting(number), { "if-match": `W/"${number}` }, unknownApp),
    malformedETag,
  ),
  pair(
    85,
    "a wrong body comes before a stale If-Match",
    (number) => patch(setting(-number), { "if-match": "{etag:example}" }),
    invalid("failedDeviceCount"),
  ),
  pair(
    86,
    "an app that nobody knows comes before a stale If-Match",
    (number) => patch(setting(number), { "if-match": "{etag:example}" }, unknownApp),
    notFound,
  ),
  pair(
    87,
    "a malformed If-None-Match comes before a stale If-Match",
    (number) => patch(setting(number), { "if-match": "{etag:example}", "if-none-match": `W/"${number}` }),
    malformedETag,
  ),
];
