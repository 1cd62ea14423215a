import { answered, apps, get, invalidQuery, pair, path, refused, type UnnumberedPair } from "./pair-parts.ts";
import { last } from "./version-pairs.ts";

const same = answered("last", last);

/** 64–75: who may read a summary, under which paths, by which methods. */
export const pathPairs: readonly UnnumberedPair[] = [
  pair("GET by someone who may only read answers the same", get(path), same, { identity: "reader" }),
  pair("the id may stand in brackets and quotes", get(`${apps}('{appId}')/installSummary`), same),
  pair("the id may stand in brackets under its name", get(`${apps}(id='{appId}')/installSummary`), same),
  pair("the id may stand in brackets alone", get(`${apps}({appId})/installSummary`), same),
  pair(
    "segments are compared without case, and a slash at the end is ignored",
    get("/DeviceAppManagement/MOBILEAPPS/{appId}/InstallSummary/"),
    same,
  ),
  pair("segments may be percent-encoded", get(`${apps}/{appId}/install%53ummary`), same),
  pair(
    "HEAD has the ETag and no body",
    { method: "HEAD", path, headers: {} },
    { status: 200, headers: { etag: "{etag:last}" } },
  ),
  pair(
    "HEAD of what the caller already has is 304",
    { method: "HEAD", path, headers: { "if-none-match": "{etag:last}" } },
    { status: 304, headers: { etag: "{etag:last}" } },
  ),
  pair(
    "OPTIONS says which methods there are, and asks for no token",
    { method: "OPTIONS", path, headers: {} },
    { status: 204, headers: { allow: "GET, HEAD, PATCH, OPTIONS" } },
    { identity: "none" },
  ),
  pair("GET with an option that is not known is 400", get(`${path}?$nope=1`), invalidQuery()),
  pair("GET ignores a name that is no option", get(`${path}?_=1577`), same),
  pair(
    "an unknown id of a version that no RFC has is 404",
    get(`${apps}/fedcba98-7654-f210-f012-3456789abcde/installSummary`),
    refused(404, "ResourceNotFound"),
  ),
];
