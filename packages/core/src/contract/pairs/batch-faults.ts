import type { GoldenPair } from "../format/golden-pair.ts";
import { batched, contentType, postBatch } from "./parts/batches.ts";
import { pair } from "./parts/pair.ts";
import { summaryPath } from "./parts/requests.ts";
import { badRequest, noToken } from "./parts/responses.ts";

/** Batches that are refused as a whole. */
export const batchFaults: readonly GoldenPair[] = [
  pair(
    150,
    "two requests of a batch with one id, in any case, are 400, and nothing is carried out",
    (number) =>
      postBatch(
        ["one", "ONE"].map((id) => ({
          id,
          method: "PATCH",
          url: summaryPath,
          headers: contentType,
          body: { failedDeviceCount: number },
        })),
      ),
    badRequest,
    batched,
  ),
  pair(
    151,
    "a dependency on a later request is 400",
    postBatch([
      { id: "1", method: "GET", url: summaryPath, dependsOn: ["2"] },
      { id: "2", method: "GET", url: summaryPath },
    ]),
    badRequest,
    batched,
  ),
  pair(
    152,
    "a change in a batch without a Content-Type is 400",
    (number) =>
      postBatch([{ id: "1", method: "PATCH", url: summaryPath, body: { failedDeviceCount: number } }]),
    badRequest,
    batched,
  ),
  pair(
    153,
    "a batch of more than 20 requests is 400",
    postBatch(
      Array.from({ length: 21 }, (_, index) => ({ id: `${index}`, method: "GET", url: summaryPath })),
    ),
    badRequest,
    batched,
  ),
  pair(154, "a batch without requests is 400", postBatch([]), badRequest, batched),
  pair(
    156,
    "a batch without a token is 401",
    postBatch([{ id: "1", method: "GET", url: summaryPath }]),
    noToken,
    { ...batched, identity: "none" },
  ),
];
