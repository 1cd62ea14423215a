import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import type { ExpectedJson } from "../format/golden-pair.ts";

type JsonObject = { readonly [name: string]: ExpectedJson };

export const context: string = `{base}/$metadata#deviceAppManagement/mobileApps`;

/** The specification's example. */
export const example = {
  installedDeviceCount: 4,
  failedDeviceCount: 1,
  notApplicableDeviceCount: 8,
  notInstalledDeviceCount: 7,
  pendingInstallDeviceCount: 9,
  installedUserCount: 2,
  failedUserCount: 15,
  notApplicableUserCount: 6,
  notInstalledUserCount: 5,
  pendingInstallUserCount: 7,
};

/** Counters of which nothing is known. */
export const anyCounters: JsonObject = Object.fromEntries(
  Object.keys(example).map((name) => [name, "{count}"]),
);

export function summary(counters: InstallSummaryPatch = {}): JsonObject {
  return {
    "@odata.context": `${context}('{appId}')/installSummary/$entity`,
    ...summaryMembers("{appId}", { ...example, ...counters }),
  };
}

/** Any app of a tenant: whichever comes first, and of whichever type, which may have further properties. */
export function someApp(id: string): JsonObject {
  return {
    ...appMembers(id),
    "installSummary@odata.context": `${context}('…')/installSummary/$entity`,
    installSummary: { "@odata.etag": "{etag}", ...summaryMembers("{guid}", anyCounters) },
    "…": "…",
  };
}

/** The app that the pairs write to, with its summary. */
export function writtenApp(etag: string, counters: InstallSummaryPatch): JsonObject {
  return {
    ...appMembers("{appId}"),
    "installSummary@odata.context": `${context}('{appId}')/installSummary/$entity`,
    installSummary: {
      "@odata.etag": `{etag:${etag}}`,
      ...summaryMembers("{appId}", { ...example, ...counters }),
    },
    "…": "…",
  };
}

/** What every app has, of whichever type. */
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
