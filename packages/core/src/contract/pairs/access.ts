import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { get, patch, setting, summaryPath } from "./parts/requests.ts";
import { current, forbidden, noToken } from "./parts/responses.ts";

/** Which caller may read and write. */
export const access: readonly GoldenPair[] = [
  pair(
    20,
    "GET without a token is 401",
    get(summaryPath),
    { ...noToken, headers: { "www-authenticate": 'Bearer realm=""…' } },
    { identity: "none" },
  ),
  pair(
    21,
    "PATCH by a caller who may only read is 403",
    (number) => patch(setting(number)),
    { ...forbidden, headers: { "www-authenticate": 'Bearer error="insufficient_scope", scope="…"' } },
    { identity: "reader" },
  ),
  pair(38, "PATCH without a token is 401", (number) => patch(setting(number)), noToken, { identity: "none" }),
  pair(64, "GET by a caller who may only read returns the same", get(summaryPath), current("last"), {
    identity: "reader",
  }),
];
