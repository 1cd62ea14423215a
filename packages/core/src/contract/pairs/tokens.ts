import type { GoldenPair } from "../format/golden-pair.ts";
import { batched, contentType, postBatch, refusedItem, item } from "./parts/batches.ts";
import { pair } from "./parts/pair.ts";
import { summary } from "./parts/representations.ts";
import { get, patch, setting, summaryPath } from "./parts/requests.ts";
import { current, noToken } from "./parts/responses.ts";
import { countersIn } from "./parts/states.ts";

const anonymous = { identity: "none" } as const;

/** Header and claims of a JWT with `alg` `none`, and no signature. */
const unsigned = "eyJhbGciOiJub25lIn0.e30.";

/** Credentials that are refused, and what a caller may not do inside a batch. */
export const tokens: readonly GoldenPair[] = [
  pair(
    191,
    "a token that is not well-formed is 401, and the challenge says that it is invalid",
    get(summaryPath, { authorization: "Bearer not-a-token" }),
    { ...noToken, headers: { "www-authenticate": 'Bearer realm=""…error="invalid_token"…' } },
    anonymous,
  ),
  pair(
    192,
    "a token without a signature is 401",
    (number) => patch(setting(number), { authorization: `Bearer ${unsigned}` }),
    noToken,
    anonymous,
  ),
  pair(
    193,
    "another scheme than Bearer is 401",
    get(summaryPath, { authorization: "Basic YTpi" }),
    noToken,
    anonymous,
  ),
  pair(
    194,
    "a token in the query is not read",
    get(`${summaryPath}?access_token=${unsigned}`),
    noToken,
    anonymous,
  ),
  pair(
    195,
    "a caller who may only read gets 403 for a change inside a batch, and reads beside it",
    (number) =>
      postBatch([
        {
          id: "1",
          method: "PATCH",
          url: summaryPath,
          headers: contentType,
          body: { failedDeviceCount: number },
        },
        { id: "2", method: "GET", url: summaryPath },
      ]),
    {
      status: 200,
      body: {
        responses: [refusedItem("1", 403, "Forbidden"), item("2", summary(countersIn("plain")))],
      },
    },
    { ...batched, identity: "reader" },
  ),
  pair(196, "GET after the refused changes returns the same", get(summaryPath), current("plain")),
];
