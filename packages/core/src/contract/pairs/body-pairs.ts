import { context } from "./body-parts.ts";
import {
  answered,
  apps,
  get,
  invalid,
  pair,
  patch,
  path,
  refused,
  type UnnumberedPair,
} from "./pair-parts.ts";
import { last } from "./version-pairs.ts";

const notJson = refused(400, "BadRequest");
const unchanged = answered("last", last);

/** 104–126: every other way in which a body may say a number or fail to, in which a tag may be quoted, and a list asked. */
export const bodyPairs: readonly UnnumberedPair[] = [
  pair("PATCH of true is 400", patch('{"failedDeviceCount":true}'), invalid("failedDeviceCount")),
  pair("PATCH of a fraction is 400", patch('{"failedDeviceCount":105.5}'), invalid("failedDeviceCount")),
  pair(
    "PATCH of a fraction that a double would lose is 400",
    patch('{"failedDeviceCount":106.0000000000000000001}'),
    invalid("failedDeviceCount"),
  ),
  pair("PATCH of an array is 400", patch('{"failedDeviceCount":[107]}'), invalid("failedDeviceCount")),
  pair("PATCH of an object is 400", patch('{"failedDeviceCount":{"a":108}}'), invalid("failedDeviceCount")),
  pair("PATCH of null as the whole body is 400", patch("null"), notJson),
  pair(
    "PATCH of a counter in another case is 400",
    patch('{"FailedDeviceCount":110}'),
    invalid("FailedDeviceCount"),
  ),
  pair(
    "PATCH of another type is 400",
    patch('{"@odata.type":"#microsoft.graph.mobileApp","failedDeviceCount":111}'),
    invalid("@odata.type"),
  ),
  pair("PATCH of a number with a zero in front is 400", patch('{"failedDeviceCount":0112}'), notJson),
  pair("PATCH of NaN is 400", patch('{"failedDeviceCount":NaN}'), notJson),
  pair("PATCH with text behind its JSON is 400", patch('{"failedDeviceCount":114}x'), notJson),
  pair("PATCH with a comment is 400", patch('{"failedDeviceCount":115/* */}'), notJson),
  pair(
    "PATCH nested deeper than 16 is 400",
    patch(`{"failedDeviceCount":116,"@a":${"[".repeat(16)}${"]".repeat(16)}}`),
    notJson,
  ),
  pair(
    "PATCH with half a surrogate pair is 400",
    patch(String.raw`{"failedDeviceCount":117,"@a":"\ud800"}`),
    notJson,
  ),
  pair("PATCH of a whole number with decimals reads it", patch('{"installedDeviceCount":12.0}'), unchanged),
  pair(
    "PATCH of a whole number with a negative exponent reads it",
    patch('{"installedDeviceCount":1200e-2}'),
    unchanged,
  ),
  pair("PATCH of minus zero is zero", patch('{"failedUserCount":-0}'), unchanged),
  pair(
    "PATCH with a byte-order mark in front is read",
    patch('\uFEFF{"installedDeviceCount":12}'),
    unchanged,
  ),
  pair(
    "PATCH may repeat the id and the type, and other control information is ignored",
    patch(
      '{"id":"{appId}","@odata.type":"microsoft.graph.mobileAppInstallSummary","@odata.etag":"1","failedDeviceCount@odata.type":"Edm.Int32"}',
    ),
    unchanged,
  ),
  pair("If-Match in single quotes is read", patch("{}", { "if-match": "'{etag:last}'" }), unchanged),
  pair("If-Match in double quotes is read", patch("{}", { "if-match": '"{etag:last}"' }), unchanged),
  pair("GET with If-None-Match * is 304", get(path, { "if-none-match": "*" }), {
    status: 304,
    headers: { etag: "{etag:last}" },
  }),
  pair(
    "a search that finds nothing is an empty page, which counts itself",
    get(`${apps}?$search=%2200000000-no-app-is-called-so%22&$count=true`),
    { status: 200, body: { "@odata.context": context, "@odata.count": 0, value: [] } },
    { feature: "list" },
  ),
];
