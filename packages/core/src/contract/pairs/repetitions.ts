import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { get, patch, setting, summaryPath } from "./parts/requests.ts";
import { changed, current, modified } from "./parts/responses.ts";
import { bodyTo } from "./parts/states.ts";

const repetition = { feature: "repetition" } as const;
const sent = { "if-match": "{etag:last}", "client-request-id": "golden-pair-144" };
const named = { "if-match": "{etag:plain}", "client-request-id": "golden-pair-199" };
const repeated = current("repeated");
const refused = modified("repeated");

/** A request that a gateway sends twice counts once, and a 412 says that its request was not applied. */
export const repetitions: readonly GoldenPair[] = [
  pair(
    144,
    "PATCH with a client-request-id and the current ETag succeeds",
    patch(bodyTo("repeated"), sent),
    changed("repeated"),
    repetition,
  ),
  pair(
    145,
    "the same PATCH again is a success that changes nothing, and says so",
    patch(bodyTo("repeated"), sent),
    { ...repeated, headers: { ...repeated.headers, "install-summary-repeated": "true" } },
    repetition,
  ),
  pair(
    146,
    "another PATCH under the same client-request-id is 412, and says that it was not applied",
    (number) => patch(setting(number), sent),
    { ...refused, headers: { ...refused.headers, "install-summary-repeated": "false" } },
    repetition,
  ),
  pair(147, "GET after it shows that it counted once", get(summaryPath), current("repeated"), repetition),
  pair(
    199,
    "PATCH with another client-request-id succeeds",
    patch(bodyTo("named"), named),
    changed("named"),
    repetition,
  ),
  pair(
    200,
    "the same PATCH again names the client-request-id whose change was made",
    patch(bodyTo("named"), named),
    {
      ...current("named"),
      headers: {
        etag: "{etag:named}",
        "install-summary-repeated": "true",
        "install-summary-repeated-id": "golden-pair-199",
      },
    },
    repetition,
  ),
];
