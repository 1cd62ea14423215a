import type { PairAnswerHead } from "../format/golden-pair.ts";
import { context, example } from "./body-parts.ts";
import { answered, get, pair, patch, path, refused, unknownApp, type UnnumberedPair } from "./pair-parts.ts";
import { last } from "./version-pairs.ts";

const always: PairAnswerHead["headers"] = {
  "cache-control": "private, no-store",
  vary: "Accept, Accept-Encoding, Authorization, Prefer",
  "x-content-type-options": "nosniff",
};

/** 127–134: headers, which say what an answer is and whose. */
export const headerPairs: readonly UnnumberedPair[] = [
  pair(
    "GET of selected counters has those alone",
    get(`${path}?$select=failedDeviceCount`),
    {
      status: 200,
      headers: { etag: "{etag:last}" },
      body: {
        "@odata.context": `${context}('{appId}')/installSummary(failedDeviceCount)/$entity`,
        "@odata.type": "#microsoft.graph.mobileAppInstallSummary",
        failedDeviceCount: 1000,
      },
    },
    { feature: "query" },
  ),
  pair(
    "GET without metadata has the id and the counters alone",
    get(path, { accept: "application/json;odata.metadata=none" }),
    {
      status: 200,
      headers: { etag: "{etag:last}", "content-type": "application/json;odata.metadata=none;…" },
      body: { id: "{appId}", ...example, ...last },
    },
  ),
  pair(
    "GET of no JSON is 406",
    get(path, { accept: "text/html" }),
    refused(406, "NotAcceptable", { innerCode: "invalidAcceptType" }),
  ),
  pair(
    "GET in an OData before 4.0 is 400",
    get(path, { "odata-maxversion": "3.0" }),
    refused(400, "BadRequest"),
  ),
  pair(
    "an error has the headers of every answer, and the request's own id",
    get(unknownApp, { "client-request-id": "golden-pair" }),
    {
      ...refused(404, "ResourceNotFound"),
      headers: {
        ...always,
        "content-type": "application/json",
        "request-id": "{new guid:firstRequest}",
        "client-request-id": "golden-pair",
      },
    },
  ),
  pair("a request without an id of its own is called as the server calls it", get(path), {
    ...answered("last", last),
    headers: {
      etag: "{etag:last}",
      "request-id": "{new guid:secondRequest}",
      "client-request-id": "{guid:secondRequest}",
    },
  }),
  pair(
    "PATCH has the headers of every answer",
    patch("{}", { "client-request-id": "golden-pair-of-a-patch" }),
    {
      ...answered("last", last),
      headers: {
        ...always,
        etag: "{etag:last}",
        "odata-version": "4.0",
        "request-id": "{new guid:patchRequest}",
        "client-request-id": "golden-pair-of-a-patch",
      },
    },
  ),
  pair(
    "GET still answers the same in the end, with the headers of every answer",
    get(path, { "client-request-id": "golden-pair-in-the-end" }),
    {
      ...answered("last", last),
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
