import {
  apps,
  get,
  notAllowed,
  pair,
  patch,
  path,
  refused,
  unknownApp,
  type UnnumberedPair,
} from "./pair-parts.ts";

/** 16–21: what nobody may do, or this caller may not. */
export const refusalPairs: readonly UnnumberedPair[] = [
  pair(
    "DELETE is 405 and says what is allowed",
    { method: "DELETE", path, headers: {} },
    notAllowed("GET, HEAD, PATCH, OPTIONS"),
  ),
  pair(
    "a sibling path that Graph removed is 400",
    get(`${apps}/{appId}/deviceStatuses`),
    refused(400, "BadRequest"),
  ),
  pair("an app that nobody knows is 404", get(unknownApp), refused(404, "ResourceNotFound")),
  pair("an id that is no GUID is 400", get(`${apps}/nope`), refused(400, "BadRequest")),
  pair(
    "GET without a token is 401",
    get(path),
    { ...refused(401, "InvalidAuthenticationToken"), headers: { "www-authenticate": 'Bearer realm=""…' } },
    { identity: "none" },
  ),
  pair(
    "PATCH by someone who may only read is 403",
    patch('{"failedDeviceCount":21}'),
    {
      ...refused(403, "Forbidden"),
      headers: { "www-authenticate": 'Bearer error="insufficient_scope", scope="…"' },
    },
    { identity: "reader" },
  ),
];
