import type { PairRequest } from "../../format/golden-pair.ts";

/** The collection of apps. */
export const apps = "/deviceAppManagement/mobileApps";
/** The summary that the pairs write. */
export const summaryPath: string = `${apps}/{appId}/installSummary`;
/** The summary of an app that does not exist. */
export const unknownSummary: string = `${apps}/00000000-0000-4000-8000-00000badc0de/installSummary`;

export const json = { "content-type": "application/json" };

export function get(path: string, headers: PairRequest["headers"] = {}): PairRequest {
  return { method: "GET", path, headers };
}

/** A PATCH of the summary, or of another path. */
export function patch(
  body: string,
  headers: PairRequest["headers"] = {},
  path: string = summaryPath,
): PairRequest {
  return { method: "PATCH", path, headers: { ...json, ...headers }, body };
}

export function post(path: string, body: string): PairRequest {
  return { method: "POST", path, headers: json, body };
}

/** A body that sets one counter. No other pair sets it to this value, so a later one shows if it was stored. */
export function setting(value: number): string {
  return `{"failedDeviceCount":${value}}`;
}
