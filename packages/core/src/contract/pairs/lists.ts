import type { ExpectedJson, GoldenPair, PairAnswer } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import {
  anyCounters,
  appMembers,
  context,
  someApp,
  summaryMembers,
  writtenApp,
} from "./parts/representations.ts";
import { apps, get } from "./parts/requests.ts";
import { badRequest, invalidQuery } from "./parts/responses.ts";

const list = { feature: "list" } as const;

/** Apps with their summaries, one by one and in pages. */
export const lists: readonly GoldenPair[] = [
  pair(
    22,
    "a page of one app with its summary links to the next",
    get(`${apps}?$expand=installSummary&$top=1`),
    expandedPage([someApp("{new guid:firstApp}")], {
      "@odata.nextLink": `{base}${apps}?{new text:nextPage}`,
    }),
    list,
  ),
  pair(
    24,
    "an expansion that is not served is 400, never an empty list",
    get(`${apps}?$expand=assignments`),
    invalidQuery,
    list,
  ),
  pair(
    42,
    "an app has the summary that was written",
    get(`${apps}/{appId}?$expand=installSummary`),
    ok({ "@odata.context": `${context}(installSummary())/$entity`, ...writtenApp("minimal") }),
    list,
  ),
  pair(
    43,
    "a list has the summary that was written",
    get(`${apps}?$expand=installSummary&$top=1000`),
    expandedPage([writtenApp("minimal"), "…"]),
    list,
  ),
  pair(
    55,
    "a list has another app, with a summary of its own",
    get(`${apps}?$expand=installSummary&$top=1000`),
    expandedPage([
      { id: "{appId}", "…": "…" },
      {
        id: "{new text:otherApp}",
        installSummary: { "@odata.etag": "{new text:otherETag}", "…": "…" },
        "…": "…",
      },
      "…",
    ]),
    list,
  ),
  pair(
    63,
    "another app was not changed by all of this",
    get(`${apps}/{text:otherApp}/installSummary`),
    {
      status: 200,
      headers: { etag: "{text:otherETag}" },
      body: {
        "@odata.context": `${context}('{text:otherApp}')/installSummary/$entity`,
        ...summaryMembers("{text:otherApp}", anyCounters),
      },
    },
    list,
  ),
  pair(
    89,
    "an app without what was not asked for",
    get(`${apps}/{appId}`),
    ok({ "@odata.context": `${context}/$entity`, ...appMembers("{appId}") }),
    list,
  ),
  pair(
    92,
    "the next page has another app",
    get(`${apps}?{text:nextPage}`),
    ok({
      "@odata.context": `${context}(installSummary())`,
      value: [someApp("{new guid:secondApp}")],
      "…": "…",
    }),
    list,
  ),
  pair(
    93,
    "a page of no apps links to no other",
    get(`${apps}?$top=0`),
    ok({ "@odata.context": context, value: [] }),
    list,
  ),
  pair(94, "a page of fewer than no apps is 400", get(`${apps}?$top=-1`), invalidQuery, list),
  pair(
    95,
    "an option that comes twice, with and without $, is 400",
    get(`${apps}?$top=1&top=2`),
    invalidQuery,
    list,
  ),
  pair(96, "a page that no link led to is 400", get(`${apps}?$skiptoken=golden`), badRequest, list),
  pair(97, "a list of a derived type is 400", get(`${apps}/microsoft.graph.win32LobApp`), badRequest, list),
  pair(
    98,
    "a filter that cannot be read is 400, never ignored",
    get(`${apps}?$filter=id%20eq`),
    invalidQuery,
    list,
  ),
  pair(
    126,
    "a search that finds nothing is an empty page, which counts itself",
    get(`${apps}?$search=%2200000000-no-app-is-called-so%22&$count=true`),
    ok({ "@odata.context": context, "@odata.count": 0, value: [] }),
    list,
  ),
];

function expandedPage(
  value: readonly ExpectedJson[],
  link: { readonly [name: string]: ExpectedJson } = {},
): PairAnswer {
  return ok({ "@odata.context": `${context}(installSummary())`, ...link, value });
}

function ok(body: ExpectedJson): PairAnswer {
  return { status: 200, body };
}
