import type { ExpectedJson } from "../format/expected-json.ts";
import type { GoldenPair } from "../format/golden-pair.ts";
import { batched, contentType, item, postBatch, refusedItem, unchanged } from "./parts/batches.ts";
import { pair } from "./parts/pair.ts";
import { anyCounters, summary } from "./parts/representations.ts";
import { post, summaryPath, unknownSummary } from "./parts/requests.ts";
import { countersIn } from "./parts/states.ts";

/** Several requests in one. */
export const batch: readonly GoldenPair[] = [
  pair(
    25,
    "a batch skips a request that depends on a refused one",
    (number) =>
      post(
        "/$batch",
        JSON.stringify({
          requests: [
            {
              id: "1",
              method: "PATCH",
              url: summaryPath,
              headers: { "Content-Type": "application/json", "If-Match": "{etag:example}" },
              body: { failedDeviceCount: number },
            },
            { id: "2", method: "GET", url: summaryPath, dependsOn: ["1"] },
          ],
        }),
      ),
    {
      status: 200,
      body: {
        responses: [refusedItem("1", 412, "PreconditionFailed"), refusedItem("2", 424, "FailedDependency")],
      },
    },
    batched,
  ),
  pair(
    103,
    "a batch carries out a request that depends on a successful one",
    post(
      "/$batch",
      JSON.stringify({
        requests: [
          { id: "first", method: "GET", url: summaryPath },
          { id: "second", method: "GET", url: summaryPath, dependsOn: ["first"] },
        ],
      }),
    ),
    { status: 200, body: { responses: [summaryItem("first"), summaryItem("second")] } },
    batched,
  ),
  pair(
    148,
    "a batch judges a number by its text, and carries out requests for the same app in order",
    (number) =>
      post(
        "/$batch",
        `{"requests":[{"id":"a","method":"PATCH","url":"${summaryPath}","headers":{"content-type":"application/json"},"body":{"failedDeviceCount":${number}.0000000000000000001}},{"id":"b","method":"GET","url":"/beta${summaryPath}"}]}`,
      ),
    {
      status: 200,
      body: {
        responses: [
          refusedItem("a", 400, "ModelValidationFailure", "failedDeviceCount"),
          item("b", unchanged),
        ],
      },
    },
    batched,
  ),
  pair(
    149,
    "a request that depends on a skipped one is skipped, and the others are carried out",
    (number) =>
      postBatch([
        {
          id: "1",
          method: "PATCH",
          url: summaryPath,
          headers: contentType,
          body: { failedDeviceCount: -number },
        },
        { id: "2", method: "GET", url: summaryPath, dependsOn: ["1"] },
        { id: "3", method: "GET", url: summaryPath, dependsOn: ["2"] },
        { id: "4", method: "GET", url: summaryPath },
      ]),
    {
      status: 200,
      body: {
        responses: [
          refusedItem("1", 400, "ModelValidationFailure", "failedDeviceCount"),
          refusedItem("2", 424, "FailedDependency"),
          refusedItem("3", 424, "FailedDependency"),
          item("4", unchanged),
        ],
      },
    },
    batched,
  ),
  pair(
    155,
    "a batch in a batch, an absolute URL and an unknown app fail by themselves",
    postBatch([
      { id: "1", method: "POST", url: "/$batch", headers: contentType, body: { requests: [] } },
      { id: "2", method: "GET", url: "https://evil.example/beta/me" },
      { id: "3", method: "GET", url: "//evil.example/beta/me" },
      { id: "4", method: "GET", url: unknownSummary },
      { id: "5", method: "GET", url: summaryPath.slice(1) },
    ]),
    {
      status: 200,
      body: {
        responses: [
          refusedItem("1", 400, "BadRequest"),
          refusedItem("2", 400, "BadRequest"),
          refusedItem("3", 400, "BadRequest"),
          refusedItem("4", 404, "ResourceNotFound"),
          item("5", unchanged),
        ],
      },
    },
    batched,
  ),
  pair(
    157,
    "a batch changes what its caller may change, and only that",
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
    { status: 200, body: { responses: [refusedItem("1", 403, "Forbidden"), item("2", unchanged)] } },
    { ...batched, identity: "reader" },
  ),
  pair(
    158,
    "a body in a batch can be base64url, and requests for the same app see each other's changes",
    postBatch([
      { id: "1", method: "GET", url: summaryPath },
      {
        id: "2",
        method: "PATCH",
        url: summaryPath,
        headers: contentType,
        body: "eyJmYWlsZWREZXZpY2VDb3VudCI6MTU4fQ",
      },
      { id: "3", method: "GET", url: summaryPath },
      {
        id: "4",
        method: "PATCH",
        url: summaryPath,
        headers: contentType,
        body: "eyJmYWlsZWREZXZpY2VDb3VudCI6MTAwMH0",
      },
    ]),
    {
      status: 200,
      body: {
        responses: [
          item("1", unchanged),
          ...["2", "3"].map((id) => item(id, summary({ ...anyCounters, failedDeviceCount: 158 }))),
          item("4", unchanged),
        ],
      },
    },
    batched,
  ),
];

function summaryItem(id: string): ExpectedJson {
  return item(id, summary(countersIn("last")));
}
