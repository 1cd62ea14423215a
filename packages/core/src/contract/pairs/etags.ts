import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { get, patch, setting, summaryPath } from "./parts/requests.ts";
import { badRequest, changed, current, malformedETag, modified, notModified } from "./parts/responses.ts";
import { bodyTo } from "./parts/states.ts";

/** An ETag belongs to one state of one app; conditional requests compare with the current one. */
export const etags: readonly GoldenPair[] = [
  pair(
    3,
    "GET of what the caller already has is 304",
    get(summaryPath, { "if-none-match": "{etag:example}" }),
    notModified("example"),
  ),
  pair(
    11,
    "PATCH with a stale If-Match is 412 and says the ETag of now",
    (number) => patch(setting(number), { "if-match": "{etag:example}" }),
    modified("thousand"),
  ),
  pair(
    12,
    "PATCH with If-Match * goes through",
    patch(bodyTo("starred"), { "if-match": "*" }),
    changed("starred"),
  ),
  pair(
    27,
    "PATCH with the ETag of now goes through and gives another",
    patch(bodyTo("matched"), { "if-match": "{etag:starred}" }),
    changed("matched"),
  ),
  pair(
    28,
    "PATCH with that ETag again is 412",
    (number) => patch(setting(number), { "if-match": "{etag:starred}" }),
    modified("matched"),
  ),
  pair(
    29,
    "PATCH with a list of ETags goes through when one of them is that of now",
    patch(bodyTo("listed"), { "if-match": "{etag:example}, {etag:matched}" }),
    changed("listed"),
  ),
  pair(
    30,
    "PATCH with If-None-Match * is 412, since there is a summary",
    (number) => patch(setting(number), { "if-none-match": "*" }),
    modified("listed"),
  ),
  pair(
    31,
    "PATCH with an If-Match that is no ETag is 400",
    (number) => patch(setting(number), { "if-match": `W/"${number}` }),
    malformedETag,
  ),
  pair(
    48,
    "PATCH with If-Unmodified-Since is 400, so that protection that was asked for is not dropped",
    (number) => patch(setting(number), { "if-unmodified-since": "Mon, 30 Sep 2024 13:47:10 GMT" }),
    badRequest,
  ),
  pair(
    56,
    "PATCH back to earlier values gives an ETag that no state had before",
    patch(bodyTo("back")),
    changed("back"),
  ),
  pair(
    57,
    "PATCH with the ETag that these values had earlier is 412",
    (number) => patch(setting(number), { "if-match": "{etag:minimal}" }),
    modified("back"),
  ),
  pair(
    58,
    "PATCH with If-None-Match is 412 when that is the ETag of now",
    (number) => patch(setting(number), { "if-none-match": "{etag:back}" }),
    modified("back"),
  ),
  pair(
    59,
    "GET of another state than the caller already has is 200",
    get(summaryPath, { "if-none-match": "{etag:minimal}" }),
    current("back"),
  ),
  pair(61, "PATCH goes on from whatever state there is", patch(bodyTo("last")), changed("last")),
  pair(
    88,
    "GET with an If-None-Match that is no ETag is 400",
    (number) => get(summaryPath, { "if-none-match": `W/"${number}` }),
    malformedETag,
  ),
  pair(
    123,
    "If-Match in single quotes is read",
    patch("{}", { "if-match": "'{etag:last}'" }),
    current("last"),
  ),
  pair(
    124,
    "If-Match in double quotes is read",
    patch("{}", { "if-match": '"{etag:last}"' }),
    current("last"),
  ),
  pair(
    125,
    "GET with If-None-Match * is 304",
    get(summaryPath, { "if-none-match": "*" }),
    notModified("last"),
  ),
];
