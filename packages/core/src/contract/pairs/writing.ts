import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { patch } from "./parts/requests.ts";
import { changed, current } from "./parts/responses.ts";
import { bodyTo } from "./parts/states.ts";

/** Bodies that are accepted, in every form in which JSON can write a counter. */
export const writing: readonly GoldenPair[] = [
  pair(1, "PATCH of all ten counters returns the summary", patch(bodyTo("example")), changed("example")),
  pair(4, "PATCH of an empty object changes nothing, not even the ETag", patch("{}"), current("example")),
  pair(
    5,
    "PATCH of a whole number with an exponent sets it",
    patch('{"failedDeviceCount":1e3}'),
    changed("thousand"),
  ),
  pair(36, "PATCH of the Int32 maximum and of zero sets both", patch(bodyTo("bounded")), changed("bounded")),
  pair(
    118,
    "PATCH of a whole number with decimals sets it",
    patch('{"installedDeviceCount":12.0}'),
    current("last"),
  ),
  pair(
    119,
    "PATCH of a whole number with a negative exponent sets it",
    patch('{"installedDeviceCount":1200e-2}'),
    current("last"),
  ),
  pair(120, "PATCH of minus zero sets zero", patch('{"failedUserCount":-0}'), current("last")),
  pair(
    121,
    "PATCH with a leading byte-order mark succeeds",
    patch('\uFEFF{"installedDeviceCount":12}'),
    current("last"),
  ),
  pair(
    122,
    "PATCH may repeat the id and the type, and other control information is ignored",
    patch(
      '{"id":"{appId}","@odata.type":"microsoft.graph.mobileAppInstallSummary","@odata.etag":"1","failedDeviceCount@odata.type":"Edm.Int32"}',
    ),
    current("last"),
  ),
];
