import type { GoldenPair } from "../golden-pair.ts";
import { apps, get, pair, patch, path, refused } from "./pair-parts.ts";

/** 16–21: what nobody may do, or this caller may not. */
export const refusalPairs: readonly GoldenPair[] = [
  pair(
    "DELETE is 405 and says what is allowed",
    { method: "DELETE", path, headers: {} },
    { ...refused(405, "MethodNotAllowed"), headers: { allow: "GET, HEAD, PATCH, OPTIONS" } },
  ),
  pair(
    "a sibling path that Graph removed is 400",
    get(`${apps}/{appId}/deviceStatuses`),
    refused(400, "BadRequest"),
  ),
  pair(
    "an app that nobody knows is 404",
    get(`${apps}/00000000-0000-4000-8000-00000badc0de/installSummary`),
    refused(404, "ResourceNotFound"),
  ),
  pair("an id that is no GUID is 400", get(`${apps}/nope`), refused(400, "BadRequest")),
  pair(
    "GET without a token is 401",
    get(path),
    { ...refused(401, "InvalidAuthenticationToken"), headers: { "www-authenticate": "Bearer…" } },
    { identity: "none" },
  ),
  pair(
    "PATCH by someone who may only read is 403",
    patch('{"failedDeviceCount":21}'),
    refused(403, "Forbidden"),
    { identity: "reader" },
  ),
];
