import type { ExpectedJson } from "../format/expected-json.ts";
import type { GoldenPair, PairResponse } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { context } from "./parts/representations.ts";
import { apps, get } from "./parts/requests.ts";
import { invalidQuery } from "./parts/responses.ts";

const filter = { feature: "filter" } as const;
const isTheApp = "id%20eq%20%27{APPID}%27";
const mostPending = "installSummary/pendingInstallUserCount%20desc";
const theApp: ExpectedJson = { "@odata.type": "#microsoft.graph.…", id: "{appId}" };

/** Further conditions, orders and what is left out at the beginning of a list. */
export const selections: readonly GoldenPair[] = [
  // No counter can be larger than what the pairs have set this one to.
  pair(
    172,
    "an order by a counter begins with the app that has most",
    get(`${apps}?$orderby=${mostPending}&$top=1&$select=id`),
    {
      status: 200,
      body: {
        "@odata.context": `${context}(id)`,
        "@odata.nextLink": `{base}${apps}?{new text:nextOfOrder}`,
        value: [theApp],
      },
    },
    filter,
  ),
  pair(
    173,
    "the link of an ordered page leads to the page behind it",
    get(`${apps}?{text:nextOfOrder}`),
    {
      status: 200,
      body: {
        "@odata.context": `${context}(id)`,
        value: [{ "@odata.type": "#microsoft.graph.…", id: "{guid}" }],
        "…": "…",
      },
    },
    filter,
  ),
  pair(
    174,
    "what $skip leaves out is counted, and not on the page",
    get(`${apps}?$filter=${isTheApp}&$skip=1&$count=true&$select=id`),
    found([], 1),
    filter,
  ),
  pair(
    175,
    "an order is taken over by a filter",
    get(`${apps}?$filter=${isTheApp}&$orderby=displayName%20desc,${mostPending},id&$count=true&$select=id`),
    found([theApp], 1),
    filter,
  ),
  pair(176, "an order by an unknown property is 400", get(`${apps}?$orderby=nope`), invalidQuery, filter),
  pair(
    177,
    "an order by more than five properties is 400",
    get(`${apps}?$orderby=displayName,publisher,owner,notes,developer,id`),
    invalidQuery,
    filter,
  ),
  pair(178, "a negative $skip is 400", get(`${apps}?$skip=-1`), invalidQuery, filter),
  pair(
    179,
    "a filter by type finds the types that derive from it",
    get(`${apps}?$filter=isof(%27microsoft.graph.mobileApp%27)%20and%20${isTheApp}&$count=true&$select=id`),
    found([theApp], 1),
    filter,
  ),
  pair(
    180,
    "the filter of Intune's portal finds an app that is not a managed one",
    get(
      `${apps}?$filter=(microsoft.graph.managedApp/appAvailability%20eq%20null%20or%20microsoft.graph.managedApp/appAvailability%20eq%20%27lineOfBusiness%27%20or%20isAssigned%20eq%20true)%20and%20${isTheApp}&$count=true&$select=id`,
    ),
    found([theApp], 1),
    filter,
  ),
  pair(
    181,
    "not turns a filter around",
    get(`${apps}?$filter=not%20(${isTheApp})%20and%20id%20in%20(%27{appId}%27)&$count=true&$select=id`),
    found([], 0),
    filter,
  ),
  pair(
    182,
    "the number of apps that match a filter is plain text",
    get(`${apps}/$count?$filter=${isTheApp}`),
    { status: 200, headers: { "content-type": "text/plain…" }, body: 1 },
    filter,
  ),
  pair(
    183,
    "a filter by an unknown property is 400",
    get(`${apps}?$filter=nope%20eq%201`),
    invalidQuery,
    filter,
  ),
  pair(
    197,
    "a filter by a value that the enumeration lacks is 400",
    get(`${apps}?$filter=publishingState%20eq%20%27typo%27`),
    invalidQuery,
    filter,
  ),
  pair(
    198,
    "a filter by all values of the enumeration finds the app",
    get(
      `${apps}?$filter=publishingState%20in%20(%27notPublished%27,%27processing%27,%27published%27)%20and%20id%20eq%20%27{appId}%27&$count=true&$select=id`,
    ),
    found([theApp], 1),
    filter,
  ),
];

function found(value: readonly ExpectedJson[], count: number): PairResponse {
  return { status: 200, body: { "@odata.context": `${context}(id)`, "@odata.count": count, value } };
}
