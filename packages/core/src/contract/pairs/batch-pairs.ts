import type { ExpectedJson } from "../format/golden-pair.ts";
import { json, pair, path, type UnnumberedPair } from "./pair-parts.ts";

/** 25: several requests in one. */
export const batchPairs: readonly UnnumberedPair[] = [
  pair(
    "a batch carries out no request whose predecessor was refused",
    {
      method: "POST",
      path: "/$batch",
      headers: json,
      body: JSON.stringify({
        requests: [
          {
            id: "1",
            method: "PATCH",
            url: path,
            headers: { "Content-Type": "application/json", "If-Match": "{etag:example}" },
            body: { failedDeviceCount: 25 },
          },
          { id: "2", method: "GET", url: path, dependsOn: ["1"] },
        ],
      }),
    },
    {
      status: 200,
      body: {
        responses: [refusedItem("1", 412, "PreconditionFailed"), refusedItem("2", 424, "FailedDependency")],
      },
    },
    { feature: "batch" },
  ),
];

function refusedItem(id: string, status: number, code: string): ExpectedJson {
  return { id, status, body: { error: { code, message: "{text}", "…": "…" } }, "…": "…" };
}
