import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { get, patch, setting, summaryPath } from "./parts/requests.ts";
import { badRequest, changed, current, malformedETag, modified, notModified } from "./parts/responses.ts";
import { bodyTo } from "./parts/states.ts";

/** An ETag belongs to one state of one app; conditional requests compare with the current one. */
export const etags: readonly GoldenPair[] = [
  pair(
    3,
    "GET with the current ETag in If-None-Match is 304",
    get(summaryPath, { "if-none-match": "{etag:example}" }),
    notModified("example"),
  ),
  pair(
    11,
    "PATCH with a stale If-Match is 412 and returns the current ETag",
    (number) => patch(setting(number), { "if-match": "{etag:example}" }),
    modified("thousand"),
  ),
  pair(
    12,
    "PATCH with If-Match * succeeds",
    patch(bodyTo("starred"), { "if-match": "*" }),
    changed("starred"),
  ),
  pair(
    27,
    "PATCH with the current ETag succeeds and returns a new one",
    patch(bodyTo("matched"), { "if-match": "{etag:starred}" }),
    changed("matched"),
  ),
  pair(
    28,
    "PATCH with the same ETag again is 412",
    (number) => patch(setting(number), { "if-match": "{etag:starred}" }),
    modified("matched"),
  ),
  pair(
    29,
    "PATCH with a list of ETags succeeds when one of them is current",
    patch(bodyTo("listed"), { "if-match": "{etag:example}, {etag:matched}" }),
    changed("listed"),
  ),
  pair(
    30,
    "PATCH with If-None-Match * is 412, since the summary exists",
    (number) => patch(setting(number), { "if-none-match": "*" }),
    modified("listed"),
  ),
  pair(
    31,
    "PATCH with a malformed If-Match is 400",
    (number) => patch(setting(number), { "if-match": `W/"${number}` }),
    malformedETag,
  ),
  pair(
    48,
    "PATCH with If-Unmodified-Since is 400: a requested protection is never dropped",
    (number) => patch(setting(number), { "if-unmodified-since": "Mon, 30 Sep 2024 13:47:10 GMT" }),
    badRequest,
  ),
  pair(
    56,
    "PATCH back to earlier values returns an ETag that no state had before",
    patch(bodyTo("back")),
    changed("back"),
  ),
  pair(
    57,
    "PATCH with the former ETag of the same values is 412",
    (number) => patch(setting(number), { "if-match": "{etag:minimal}" }),
    modified("back"),
  ),
  pair(
    58,
    "PATCH with the current ETag in If-None-Match is 412",
    (number) => patch(setting(number), { "if-none-match": "{etag:back}" }),
    modified("back"),
  ),
  pair(
    59,
    "GET with a former ETag in If-None-Match is 200",
    get(summaryPath, { "if-none-match": "{etag:minimal}" }),
    current("back"),
  ),
  pair(61, "PATCH succeeds on the current state", patch(bodyTo("last")), changed("last")),
  pair(
    88,
    "GET with a malformed If-None-Match is 400",
    (number) => get(summaryPath, { "if-none-match": `W/"${number}` }),
    malformedETag,
  ),
  pair(
    123,
    "If-Match in single quotes is understood",
    patch("{}", { "if-match": "'{etag:last}'" }),
    current("last"),
  ),
  pair(
    124,
    "If-Match in double quotes is understood",
    patch("{}", { "if-match": '"{etag:last}"' }),
    current("last"),
  ),
  pair(
    125,
    "GET with If-None-Match * is 304",
    get(summaryPath, { "if-none-match": "*" }),
    notModified("last"),
  ),
  pair(
    141,
    "If-Match with a proxy's mark of a content coding is understood",
    patch("{}", { "if-match": "{etag:last}-gzip" }),
    current("last"),
  ),
  pair(
    142,
    "If-Match * in quotes is 400",
    (number) => patch(setting(number), { "if-match": '"*"' }),
    malformedETag,
  ),
  pair(143, "GET after it returns the same", get(summaryPath), current("last")),
];
