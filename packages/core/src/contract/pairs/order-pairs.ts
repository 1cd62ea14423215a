import {
  apps,
  get,
  invalid,
  invalidQuery,
  notAllowed,
  pair,
  patch,
  path,
  refused,
  unknownApp,
  type UnnumberedPair,
} from "./pair-parts.ts";

const remove = { method: "DELETE", path, headers: {} } as const;
const malformed = refused(400, "BadRequest", { innerCode: "malformedEntityTag" });
const text = { "content-type": "text/plain" };

/** 76–88: of several faults the contract says which one is answered. */
export const orderPairs: readonly UnnumberedPair[] = [
  pair("no token comes before a wrong method", remove, refused(401, "InvalidAuthenticationToken"), {
    identity: "none",
  }),
  pair(
    "no token comes before a wrong path",
    get(`${apps}/nope`),
    refused(401, "InvalidAuthenticationToken"),
    {
      identity: "none",
    },
  ),
  pair(
    "a wrong method comes before what the caller may not",
    remove,
    notAllowed("GET, HEAD, PATCH, OPTIONS"),
    { identity: "reader" },
  ),
  pair(
    "what the caller may not comes before a wrong option",
    { ...patch('{"failedDeviceCount":79}'), path: `${path}?dryrum=true` },
    refused(403, "Forbidden"),
    { identity: "reader" },
  ),
  pair(
    "what the caller may not comes before a wrong type of body",
    patch('{"failedDeviceCount":80}', text),
    refused(403, "Forbidden"),
    { identity: "reader" },
  ),
  pair(
    "what the caller may not comes before an app that nobody knows",
    { ...patch('{"failedDeviceCount":81}'), path: unknownApp },
    refused(403, "Forbidden"),
    { identity: "reader" },
  ),
  pair(
    "a wrong option comes before a wrong type of body",
    { ...patch('{"failedDeviceCount":82}', text), path: `${path}?dryrum=true` },
    invalidQuery(),
  ),
  pair(
    "a wrong body comes before an app that nobody knows",
    { ...patch('{"failedDeviceCount":-83}'), path: unknownApp },
    invalid("failedDeviceCount"),
  ),
  pair(
    "a malformed If-Match comes before an app that nobody knows",
    { ...patch('{"failedDeviceCount":84}', { "if-match": 'W/"84' }), path: unknownApp },
    malformed,
  ),
  pair(
    "a wrong body comes before a stale If-Match",
    patch('{"failedDeviceCount":-85}', { "if-match": "{etag:example}" }),
    invalid("failedDeviceCount"),
  ),
  pair(
    "an app that nobody knows comes before a stale If-Match",
    { ...patch('{"failedDeviceCount":86}', { "if-match": "{etag:example}" }), path: unknownApp },
    refused(404, "ResourceNotFound"),
  ),
  pair(
    "a malformed If-None-Match comes before a stale If-Match",
    patch('{"failedDeviceCount":87}', { "if-match": "{etag:example}", "if-none-match": 'W/"87' }),
    malformed,
  ),
  pair(
    "GET with an If-None-Match that is no ETag is 400",
    get(path, { "if-none-match": 'W/"88' }),
    malformed,
  ),
];
