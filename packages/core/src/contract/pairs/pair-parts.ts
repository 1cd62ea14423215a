import type { InstallSummaryPatch } from "../../install-summary.ts";
import type { ExpectedError, ExpectedJson, GoldenPair, PairAnswer, PairRequest } from "../golden-pair.ts";

type JsonObject = { readonly [name: string]: ExpectedJson };

export const apps = "/deviceAppManagement/mobileApps";
export const path: string = `${apps}/{appId}/installSummary`;
export const context: string = `{base}/$metadata#deviceAppManagement/mobileApps`;
export const json = { "content-type": "application/json" };

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

export function pair(
  name: string,
  request: PairRequest,
  expected: PairAnswer,
  { feature = "core", identity = "writer" }: Partial<Pick<GoldenPair, "feature" | "identity">> = {},
): GoldenPair {
  return { name, feature, identity, request, expected };
}

export function get(resource: string, headers: PairRequest["headers"] = {}): PairRequest {
  return { method: "GET", path: resource, headers };
}

export function patch(body: string, headers: PairRequest["headers"] = {}): PairRequest {
  return { method: "PATCH", path, headers: { ...json, ...headers }, body };
}

/** The answer that is the summary, with what differs from the example. */
export function answered(etag: string, counters: InstallSummaryPatch = {}): PairAnswer {
  return { status: 200, headers: { etag: `{etag:${etag}}` }, body: summary(counters) };
}

export function refused(status: number, code: string): { status: number; error: ExpectedError } {
  return { status, error: { code } };
}

/** The 400 for one property. */
export function invalid(target: string): PairAnswer {
  return { status: 400, error: { code: "ModelValidationFailure", target } };
}

/** The 412 that says which ETag would have done. */
export function modified(etag: string): PairAnswer {
  return { ...refused(412, "PreconditionFailed"), headers: { etag: `{etag:${etag}}` } };
}

export function summary(counters: InstallSummaryPatch = {}): JsonObject {
  return {
    "@odata.context": `${context}('{appId}')/installSummary/$entity`,
    ...summaryMembers("{appId}", { ...example, ...counters }),
  };
}

/** Any app of a tenant: whichever comes first, and of whichever type, which may have further properties. */
export function someApp(): JsonObject {
  const counters = Object.fromEntries(Object.keys(example).map((name) => [name, "{count}"]));
  return expandedApp("{guid}", `${context}('…')/installSummary/$entity`, "{etag}", counters);
}

/** The app that the pairs write to, with its summary. */
export function writtenApp(etag: string, counters: InstallSummaryPatch): JsonObject {
  const summaryContext = `${context}('{appId}')/installSummary/$entity`;
  return expandedApp("{appId}", summaryContext, `{etag:${etag}}`, { ...example, ...counters });
}

function expandedApp(id: string, summaryContext: string, etag: string, counters: JsonObject): JsonObject {
  const properties =
    "displayName description publisher createdDateTime lastModifiedDateTime isFeatured privacyInformationUrl informationUrl owner developer notes publishingState isAssigned";
  return {
    "@odata.type": "#microsoft.graph.…",
    id,
    ...Object.fromEntries(properties.split(" ").map((name) => [name, "…"])),
    "installSummary@odata.context": summaryContext,
    installSummary: { "@odata.etag": etag, ...summaryMembers(id, counters) },
    "…": "…",
  };
}

function summaryMembers(id: string, counters: JsonObject): JsonObject {
  return { "@odata.type": "#microsoft.graph.mobileAppInstallSummary", id, ...counters };
}
