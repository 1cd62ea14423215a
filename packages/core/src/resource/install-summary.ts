import type { CounterName } from "./counters.ts";

/** The OData type of an install summary, as on the wire. */
export const installSummaryType = "#microsoft.graph.mobileAppInstallSummary";

/**
 * How many devices and users have an app installed, failed, pending, not installed, not applicable.
 * Every counter is a whole number from 0 to 2147483647.
 *
 * Source: Microsoft Graph beta, resource type `mobileAppInstallSummary`.
 */
export interface InstallSummary {
  /** The key of the entity: the id of the mobile app that it belongs to. */
  readonly id: string;
  readonly installedDeviceCount: number;
  readonly failedDeviceCount: number;
  readonly notApplicableDeviceCount: number;
  readonly notInstalledDeviceCount: number;
  readonly pendingInstallDeviceCount: number;
  readonly installedUserCount: number;
  readonly failedUserCount: number;
  readonly notApplicableUserCount: number;
  readonly notInstalledUserCount: number;
  readonly pendingInstallUserCount: number;
}

/** Makes a summary of ten counters: `valueOf` gives the value of each. */
export function createSummary(id: string, valueOf: (name: CounterName) => number): InstallSummary {
  // Written out, so that every summary is an object of one shape and the compiler checks that all ten are there.
  return {
    id,
    installedDeviceCount: valueOf("installedDeviceCount"),
    failedDeviceCount: valueOf("failedDeviceCount"),
    notApplicableDeviceCount: valueOf("notApplicableDeviceCount"),
    notInstalledDeviceCount: valueOf("notInstalledDeviceCount"),
    pendingInstallDeviceCount: valueOf("pendingInstallDeviceCount"),
    installedUserCount: valueOf("installedUserCount"),
    failedUserCount: valueOf("failedUserCount"),
    notApplicableUserCount: valueOf("notApplicableUserCount"),
    notInstalledUserCount: valueOf("notInstalledUserCount"),
    pendingInstallUserCount: valueOf("pendingInstallUserCount"),
  };
}

/** Some of the ten counters with their new, absolute values. A counter that is absent stays as it is. */
export type InstallSummaryPatch = { readonly [Name in CounterName]?: number | undefined };

/** A summary with the ETag of its version, as it appears inside other responses. */
export type TaggedSummary = InstallSummary & { readonly "@odata.etag"?: string | undefined };
