import type { ExpectedJson } from "../../format/expected-json.ts";
import { countersIn, type StateName } from "./states.ts";

type JsonObject = { readonly [name: string]: ExpectedJson };

export const context: string = `{base}/$metadata#deviceAppManagement/mobileApps`;

/** Any values of the ten counters. */
export const anyCounters: JsonObject = Object.fromEntries(
  Object.keys(countersIn("example")).map((name) => [name, "{count}"]),
);

/** The summary that the pairs write, as a response of its own. */
export function summary(counters: JsonObject): JsonObject {
  return {
    "@odata.context": `${context}('{appId}')/installSummary/$entity`,
    ...summaryMembers("{appId}", counters),
  };
}

/** Any app of the tenant, of any type, which may have further properties. */
export function someApp(id: string): JsonObject {
  return {
    ...appMembers(id),
    "installSummary@odata.context": `${context}('…')/installSummary/$entity`,
    installSummary: { "@odata.etag": "{etag}", ...summaryMembers("{guid}", anyCounters) },
    "…": "…",
  };
}

/** The app that the pairs write to, with its summary in a state. */
export function writtenApp(state: StateName): JsonObject {
  return {
    ...appMembers("{appId}"),
    "installSummary@odata.context": `${context}('{appId}')/installSummary/$entity`,
    installSummary: { "@odata.etag": `{etag:${state}}`, ...summaryMembers("{appId}", countersIn(state)) },
    "…": "…",
  };
}

/** The properties of every type of app. */
export function appMembers(id: string): JsonObject {
  const properties =
    "displayName description publisher createdDateTime lastModifiedDateTime isFeatured privacyInformationUrl informationUrl owner developer notes publishingState isAssigned";
  return {
    "@odata.type": "#microsoft.graph.…",
    id,
    ...Object.fromEntries(properties.split(" ").map((name) => [name, "…"])),
  };
}

export function summaryMembers(id: string, counters: JsonObject): JsonObject {
  return { "@odata.type": "#microsoft.graph.mobileAppInstallSummary", id, ...counters };
}
