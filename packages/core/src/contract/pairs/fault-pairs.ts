import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import { listed } from "./etag-pairs.ts";
import { changed, invalid, pair, patch, refused, unknownApp, type UnnumberedPair } from "./pair-parts.ts";

/** What differs from the example once 36 went through. */
export const bounded: InstallSummaryPatch = {
  ...listed,
  pendingInstallUserCount: 2147483647,
  failedUserCount: 0,
};

/** 32–39: further faults, none of which commits a part of its body. */
export const faultPairs: readonly UnnumberedPair[] = [
  pair(
    "PATCH of a misspelt counter is 400 and leaves the counter beside it alone",
    patch('{"pendingInstallDeviceCount":32,"failedDevicesCount":32}'),
    invalid("failedDevicesCount"),
  ),
  pair(
    "PATCH of the same counter twice is 400",
    patch('{"failedDeviceCount":33,"failedDeviceCount":33}'),
    invalid("failedDeviceCount"),
  ),
  pair(
    "PATCH with the id of another app is 400",
    patch('{"id":"00000000-0000-4000-8000-00000badc0de","failedDeviceCount":34}'),
    refused(400, "ModelValidationFailure", { target: "id", innerCode: "propertyNotUpdateable" }),
  ),
  pair(
    "PATCH of more than an Int32 holds is 400 and names the counter",
    patch('{"failedDeviceCount":2147483648}'),
    invalid("failedDeviceCount"),
  ),
  pair(
    "PATCH of the most that an Int32 holds, and of zero, sets both",
    patch('{"pendingInstallUserCount":2147483647,"failedUserCount":0}'),
    changed("bounded", bounded),
  ),
  pair("PATCH of what is no object is 400", patch('[{"failedDeviceCount":37}]'), refused(400, "BadRequest")),
  pair(
    "PATCH without a token is 401",
    patch('{"failedDeviceCount":38}'),
    refused(401, "InvalidAuthenticationToken"),
    { identity: "none" },
  ),
  pair(
    "PATCH of an app that nobody knows is 404",
    {
      ...patch('{"failedDeviceCount":39}'),
      path: unknownApp,
    },
    refused(404, "ResourceNotFound"),
  ),
];
