import type { GoldenPair } from "../format/golden-pair.ts";
import { pair } from "./parts/pair.ts";
import { context } from "./parts/representations.ts";
import { apps, get, patch, summaryPath } from "./parts/requests.ts";
import { changed, current, refused } from "./parts/responses.ts";
import { bodyTo } from "./parts/states.ts";

const list = { feature: "list" } as const;

const typedProperties = {
  displayName: "{text or null}",
  description: "{text or null}",
  publisher: "{text or null}",
  createdDateTime: "{time}",
  lastModifiedDateTime: "{time}",
  isFeatured: "{boolean}",
  privacyInformationUrl: "{text or null}",
  informationUrl: "{text or null}",
  owner: "{text or null}",
  developer: "{text or null}",
  notes: "{text or null}",
  publishingState: "{text}",
  isAssigned: "{boolean}",
};

/** Ids, ETags and media types as clients and proxies spell them, and the types of an app's properties. */
export const spellings: readonly GoldenPair[] = [
  pair(
    159,
    "PATCH by an id in upper case returns the id in lower case",
    patch(bodyTo("spelled"), {}, `${apps}/{APPID}/installSummary`),
    changed("spelled"),
  ),
  pair(
    160,
    "GET by an id in upper case, in parentheses, returns the id in lower case",
    get(`${apps}('{APPID}')/installSummary`),
    current("spelled"),
  ),
  understood(161, "without its W/", '"{opaque:spelled}"'),
  understood(162, "without W/ and quotes", "{opaque:spelled}"),
  understood(163, "with a small w", 'w/"{opaque:spelled}"'),
  understood(164, "with the backslashes of a JSON text", 'W/\\"{opaque:spelled}\\"'),
  understood(165, "with percent-encoded quotes", "W/%22{opaque:spelled}%22"),
  understood(166, "with the quotes of HTML", "W/&quot;{opaque:spelled}&quot;"),
  pair(
    167,
    "GET with $format is JSON, whatever Accept says",
    get(`${summaryPath}?$format=json`, { accept: "text/html" }),
    current("spelled"),
  ),
  pair(
    168,
    "GET with a $format other than JSON is 406",
    get(`${summaryPath}?$format=xml`),
    refused(406, "NotAcceptable", { innerCode: "invalidAcceptType" }),
  ),
  pair(
    169,
    "the properties of an app have their types",
    get(`${apps}/{appId}`),
    {
      status: 200,
      body: {
        "@odata.context": `${context}/$entity`,
        "@odata.type": "#microsoft.graph.…",
        id: "{appId}",
        ...typedProperties,
        "…": "…",
      },
    },
    list,
  ),
  pair(
    170,
    "an app without metadata has its properties only",
    get(`${apps}/{appId}?$format=application/json;odata.metadata=none&$select=id,isAssigned`),
    {
      status: 200,
      headers: { "content-type": "application/json;odata.metadata=none;…" },
      body: { id: "{appId}", isAssigned: "{boolean}" },
    },
    list,
  ),
  pair(
    171,
    "an app with full metadata names the types that JSON does not show",
    get(
      `${apps}/{appId}?$format=json;odata.metadata=full&$select=createdDateTime,isAssigned,publishingState`,
    ),
    {
      status: 200,
      headers: { "content-type": "application/json;odata.metadata=full;…" },
      body: {
        "@odata.context": `${context}(createdDateTime,isAssigned,publishingState)/$entity`,
        "@odata.type": "#microsoft.graph.…",
        "@odata.id": "{text}",
        "@odata.editLink": "{text}",
        "createdDateTime@odata.type": "#DateTimeOffset",
        createdDateTime: "{time}",
        isAssigned: "{boolean}",
        "publishingState@odata.type": "#microsoft.graph.mobileAppPublishingState",
        publishingState: "{text}",
      },
    },
    list,
  ),
];

/** A spelling of the current ETag that compares as the ETag itself. */
function understood(number: number, spelling: string, ifMatch: string): GoldenPair {
  const request = patch("{}", { "if-match": ifMatch });
  return pair(number, `If-Match ${spelling} is understood`, request, current("spelled"));
}
