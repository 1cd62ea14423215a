import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { patch, setting } from "./parts/requests.ts";
import { badRequest, changed, refused, wrongMediaType } from "./parts/responses.ts";
import { bodyTo } from "./parts/states.ts";

/** Bodies that are not a JSON object, of another media type, or too large. */
export const payloads: readonly GoldenPair[] = [
  pair(9, "PATCH with an empty body is 400", patch(""), badRequest),
  pair(
    37,
    "PATCH of an array as the whole body is 400",
    (number) => patch(`[${setting(number)}]`),
    badRequest,
  ),
  pair(
    51,
    "PATCH of more than 64 KiB is 413",
    (number) => patch(setting(number) + " ".repeat(65_536)),
    refused(413, "RequestEntityTooLarge"),
  ),
  pair(109, "PATCH of null as the whole body is 400", patch("null"), badRequest),
  pair(
    112,
    "PATCH of a number with a leading zero is 400",
    (number) => patch(`{"failedDeviceCount":0${number}}`),
    badRequest,
  ),
  pair(113, "PATCH of NaN is 400", patch('{"failedDeviceCount":NaN}'), badRequest),
  pair(114, "PATCH with text after its JSON is 400", (number) => patch(`${setting(number)}x`), badRequest),
  pair(
    115,
    "PATCH with a comment is 400",
    (number) => patch(`{"failedDeviceCount":${number}/* */}`),
    badRequest,
  ),
  pair(
    116,
    "PATCH nested deeper than 16 is 400",
    (number) => patch(`{"failedDeviceCount":${number},"@a":${"[".repeat(16)}${"]".repeat(16)}}`),
    badRequest,
  ),
  pair(
    117,
    "PATCH with a lone surrogate is 400",
    (number) => patch(String.raw`{"failedDeviceCount":${number},"@a":"\ud800"}`),
    badRequest,
  ),
  pair(
    10,
    "PATCH of text/plain is 415",
    (number) => patch(setting(number), { "content-type": "text/plain" }),
    wrongMediaType,
  ),
  pair(
    49,
    "PATCH of JSON with charset utf-8 succeeds",
    patch(bodyTo("typed"), { "content-type": "application/json; charset=utf-8" }),
    changed("typed"),
  ),
  pair(
    50,
    "PATCH of JSON in another charset is 415",
    (number) => patch(setting(number), { "content-type": "application/json; charset=iso-8859-1" }),
    wrongMediaType,
  ),
];
