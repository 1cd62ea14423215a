import { context, someApp } from "./body-parts.ts";
import { apps, get, invalidQuery, pair, type UnnumberedPair } from "./pair-parts.ts";

/** 22–24: lists of apps. */
export const listPairs: readonly UnnumberedPair[] = [
  pair(
    "a page of one app with its summary links to the next",
    get(`${apps}?$expand=installSummary&$top=1`),
    {
      status: 200,
      body: {
        "@odata.context": `${context}(installSummary())`,
        "@odata.nextLink": `{base}${apps}?{new text:nextPage}`,
        value: [someApp("{new guid:firstApp}")],
      },
    },
    { feature: "list" },
  ),
  pair(
    "options without $ filter by a counter and select",
    get(`${apps}?filter=installSummary/failedDeviceCount%20gt%200&select=id`),
    {
      status: 200,
      body: {
        "@odata.context": `${context}(id)`,
        value: [{ "@odata.type": "#microsoft.graph.…", id: "{appId}" }, "…"],
        "…": "…",
      },
    },
    { feature: "filter" },
  ),
  pair(
    "an expansion that is not served is 400, never an empty list",
    get(`${apps}?$expand=assignments`),
    invalidQuery(),
    { feature: "list" },
  ),
];
