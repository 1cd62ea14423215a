import type { ExpectedJson } from "../format/expected-json.ts";
import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { summary } from "./parts/representations.ts";
import { post, summaryPath } from "./parts/requests.ts";
import { countersIn } from "./parts/states.ts";

const batched = { feature: "batch" } as const;

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
];

function refusedItem(id: string, status: number, code: string): ExpectedJson {
  return { id, status, body: { error: { code, message: "{text}", "…": "…" } }, "…": "…" };
}

function summaryItem(id: string): ExpectedJson {
  return { id, status: 200, body: summary(countersIn("last")), "…": "…" };
}
