import type { GoldenPair, PairRequest } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { summary } from "./parts/representations.ts";
import { get, patch, setting, summaryPath } from "./parts/requests.ts";
import { changed, current, invalid, wrongMediaType } from "./parts/responses.ts";
import { bodyTo, countersIn } from "./parts/states.ts";

const gzip = { feature: "gzip" } as const;
const compressed = { "content-encoding": "gzip" };

/** Bodies in a content coding. */
export const codings: readonly GoldenPair[] = [
  pair(
    184,
    "a compressed body is applied",
    inGzip(patch('{"notApplicableUserCount":184}', compressed)),
    {
      status: 200,
      headers: { etag: "{new etag:compressed}" },
      body: summary({ ...countersIn("spelled"), notApplicableUserCount: 184 }),
    },
    gzip,
  ),
  pair(
    185,
    "a fault of a compressed body is reported",
    (number) => inGzip(patch(setting(-number), compressed)),
    invalid("failedDeviceCount"),
    gzip,
  ),
  pair(
    186,
    "a body that is called gzip and is not is 415",
    (number) => patch(setting(number), compressed),
    wrongMediaType,
  ),
  pair(
    187,
    "a body whose content coding is identity is applied",
    patch(bodyTo("plain"), { "content-encoding": "identity" }),
    changed("plain"),
  ),
  pair(
    188,
    "a content coding that the contract lacks is 415",
    (number) => patch(setting(number), { "content-encoding": "zstd" }),
    wrongMediaType,
  ),
  pair(
    189,
    "a caller who accepts gzip gets the same summary",
    get(summaryPath, { "accept-encoding": "gzip" }),
    current("plain"),
  ),
  pair(
    190,
    "a caller who accepts no content coding gets the same summary",
    get(summaryPath, { "accept-encoding": "identity" }),
    { ...current("plain"), headers: { etag: "{etag:plain}", "content-encoding": null } },
  ),
];

function inGzip(request: PairRequest): PairRequest {
  return { ...request, coding: "gzip" };
}
