import { notFit } from "../text/require-members.ts";
import { aCount, isCount, type CounterName } from "./counters.ts";

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

/**
 * Makes a summary of ten counters: `valueOf` gives the value of each. Throws `TypeError` for an id that is not a text, for
 * anything but a function, and for a value that no counter can have.
 */
export function createSummary(id: string, valueOf: (name: CounterName) => number): InstallSummary {
  if (typeof id !== "string") throw notFit("id of createSummary", id, "a text");
  if (typeof valueOf !== "function") throw notFit("valueOf of createSummary", valueOf, "a function");
  return makeSummary(id, (name) => {
    const value = valueOf(name);
    if (!isCount(value)) throw notFit(`${name} of createSummary`, value, aCount);
    return value;
  });
}

/** `createSummary` for values that are known to be counts. */
export function makeSummary(id: string, valueOf: (name: CounterName) => number): InstallSummary {
  // Written out, so that every summary is an object of one shape and the compiler checks that all ten are there. Zero is
  // added so that -0 becomes 0.
  return {
    id,
    installedDeviceCount: valueOf("installedDeviceCount") + 0,
    failedDeviceCount: valueOf("failedDeviceCount") + 0,
    notApplicableDeviceCount: valueOf("notApplicableDeviceCount") + 0,
    notInstalledDeviceCount: valueOf("notInstalledDeviceCount") + 0,
    pendingInstallDeviceCount: valueOf("pendingInstallDeviceCount") + 0,
    installedUserCount: valueOf("installedUserCount") + 0,
    failedUserCount: valueOf("failedUserCount") + 0,
    notApplicableUserCount: valueOf("notApplicableUserCount") + 0,
    notInstalledUserCount: valueOf("notInstalledUserCount") + 0,
    pendingInstallUserCount: valueOf("pendingInstallUserCount") + 0,
  };
}

/** Some of the ten counters with their new, absolute values. A counter that is absent stays as it is. */
export type InstallSummaryPatch = { readonly [Name in CounterName]?: number | undefined };

/** A summary with the ETag of its version, as it appears inside other responses. */
export type TaggedSummary = InstallSummary & { readonly "@odata.etag"?: string | undefined };
