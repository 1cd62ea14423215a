import type { GoldenPair, PairResponseHead } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { get, patch, summaryPath, unknownSummary } from "./parts/requests.ts";
import { current, notFound } from "./parts/responses.ts";

const always: PairResponseHead["headers"] = {
  "cache-control": "private, no-store",
  vary: "Accept, Accept-Encoding, Authorization, Prefer",
  "x-content-type-options": "nosniff",
};

/** The headers of every response, and the ids of a request. */
export const headers: readonly GoldenPair[] = [
  pair(
    131,
    "an error has the common headers and the caller's request id",
    get(unknownSummary, { "client-request-id": "golden-pair" }),
    {
      ...notFound,
      headers: {
        ...always,
        "content-type": "application/json",
        "request-id": "{new guid:firstRequest}",
        "client-request-id": "golden-pair",
      },
    },
  ),
  pair(132, "a request without a client-request-id gets the server's request id", get(summaryPath), {
    ...current("last"),
    headers: {
      etag: "{etag:last}",
      "request-id": "{new guid:secondRequest}",
      "client-request-id": "{guid:secondRequest}",
    },
  }),
  pair(133, "PATCH has the common headers", patch("{}", { "client-request-id": "golden-pair-of-a-patch" }), {
    ...current("last"),
    headers: {
      ...always,
      etag: "{etag:last}",
      "odata-version": "4.0",
      "request-id": "{new guid:patchRequest}",
      "client-request-id": "golden-pair-of-a-patch",
    },
  }),
  pair(
    134,
    "GET at the end returns the same, with the common headers",
    get(summaryPath, { "client-request-id": "golden-pair-in-the-end" }),
    {
      ...current("last"),
      headers: {
        ...always,
        etag: "{etag:last}",
        "content-type":
          "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
        "odata-version": "4.0",
        "request-id": "{new guid:lastRequest}",
        "client-request-id": "golden-pair-in-the-end",
      },
    },
  ),
];
