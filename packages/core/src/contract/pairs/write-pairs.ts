import { example } from "./body-parts.ts";
import {
  answered,
  changed,
  get,
  invalid,
  pair,
  patch,
  path,
  refused,
  type UnnumberedPair,
} from "./pair-parts.ts";

/** 1–10: what a PATCH may say, and that a GET answers it. */
export const writePairs: readonly UnnumberedPair[] = [
  pair("PATCH of all ten counters answers the summary", patch(JSON.stringify(example)), changed("example")),
  pair("GET answers what PATCH answered, with its ETag", get(path), answered("example")),
  pair("GET of what the caller already has is 304", get(path, { "if-none-match": "{etag:example}" }), {
    status: 304,
    headers: { etag: "{etag:example}" },
  }),
  pair("PATCH of nothing changes nothing, not even the ETag", patch("{}"), answered("example")),
  pair(
    "PATCH of a whole number with an exponent sets it",
    patch('{"failedDeviceCount":1e3}'),
    changed("thousand", { failedDeviceCount: 1000 }),
  ),
  pair(
    "PATCH of a number as text is 400 and names the counter",
    patch('{"failedDeviceCount":"4"}'),
    invalid("failedDeviceCount"),
  ),
  pair("PATCH with two faults is 400 and lists both", patch('{"failedDeviceCount":null,"x":1}'), {
    status: 400,
    error: {
      code: "ModelValidationFailure",
      target: "failedDeviceCount",
      detailTargets: ["failedDeviceCount", "x"],
    },
  }),
  pair(
    "PATCH of a negative counter is 400 and names it",
    patch('{"failedDeviceCount":-1}'),
    invalid("failedDeviceCount"),
  ),
  pair("PATCH without a body is 400", patch(""), refused(400, "BadRequest")),
  pair(
    "PATCH of text is 415",
    patch('{"failedDeviceCount":10}', { "content-type": "text/plain" }),
    refused(415, "UnsupportedMediaType"),
  ),
];
