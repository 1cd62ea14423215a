import type { ExpectedJson } from "../format/expected-json.ts";
import type { GoldenPair, PairResponse } from "../format/golden-pair.ts";
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
    "a page of one app, expanded, links to the next page",
    get(`${apps}?$expand=installSummary&$top=1`),
    expandedPage([someApp("{new guid:firstApp}")], {
      "@odata.nextLink": `{base}${apps}?{new text:nextPage}`,
    }),
    list,
  ),
  pair(
    24,
    "an unsupported expansion is 400, never an empty list",
    get(`${apps}?$expand=assignments`),
    invalidQuery,
    list,
  ),
  pair(
    42,
    "an expanded app has the committed summary",
    get(`${apps}/{appId}?$expand=installSummary`),
    ok({ "@odata.context": `${context}(installSummary())/$entity`, ...writtenApp("minimal") }),
    list,
  ),
  pair(
    43,
    "an expanded list has the committed summary",
    get(`${apps}?$expand=installSummary&$top=1000`),
    expandedPage([writtenApp("minimal"), "…"]),
    list,
  ),
  pair(
    55,
    "an expanded list has another app with its own summary",
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
    "the other app is unchanged",
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
    "an app without $expand has no summary",
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
    "a page of zero apps has no next link",
    get(`${apps}?$top=0`),
    ok({ "@odata.context": context, value: [] }),
    list,
  ),
  pair(94, "a negative page size is 400", get(`${apps}?$top=-1`), invalidQuery, list),
  pair(
    95,
    "an option given twice, with and without $, is 400",
    get(`${apps}?$top=1&top=2`),
    invalidQuery,
    list,
  ),
  pair(96, "an unknown $skiptoken is 400", get(`${apps}?$skiptoken=golden`), badRequest, list),
  pair(97, "a list of one derived type is 400", get(`${apps}/microsoft.graph.win32LobApp`), badRequest, list),
  pair(
    98,
    "a filter that cannot be parsed is 400, never ignored",
    get(`${apps}?$filter=id%20eq`),
    invalidQuery,
    list,
  ),
  pair(
    126,
    "a search without results is an empty page with its count",
    get(`${apps}?$search=%2200000000-no-app-is-called-so%22&$count=true`),
    ok({ "@odata.context": context, "@odata.count": 0, value: [] }),
    list,
  ),
  pair(
    138,
    "a search in one property finds what it finds in Graph's form",
    get(`${apps}?$search=%22displayName:00000000-no-app-is-called-so%22&$count=true`),
    ok({ "@odata.context": context, "@odata.count": 0, value: [] }),
    list,
  ),
  pair(
    139,
    "a search in another property is 400, never an empty page",
    get(`${apps}?$search=%22description:00000000%22`),
    invalidQuery,
    list,
  ),
  pair(
    140,
    "a search with OR is 400, never an empty page",
    get(`${apps}?$search=%22displayName:a%22%20OR%20%22displayName:b%22`),
    invalidQuery,
    list,
  ),
];

function expandedPage(
  value: readonly ExpectedJson[],
  link: { readonly [name: string]: ExpectedJson } = {},
): PairResponse {
  return ok({ "@odata.context": `${context}(installSummary())`, ...link, value });
}

function ok(body: ExpectedJson): PairResponse {
  return { status: 200, body };
}
