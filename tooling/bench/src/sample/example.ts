import { counterNames, type CounterName, type InstallSummary } from "@install-summary/core";

/** A patch in which every counter that is there has a value. */
export type WholePatch = { readonly [Name in CounterName]?: number };

/** The body of the specification's example. */
export const examplePatch: WholePatch = {
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

/** A summary that differs from the example in every counter. */
export const summary: InstallSummary = {
  id: "06a792e9-92e9-06a7-e992-a706e992a706",
  installedDeviceCount: 2080,
  failedDeviceCount: 16,
  notApplicableDeviceCount: 272,
  notInstalledDeviceCount: 72,
  pendingInstallDeviceCount: 48,
  installedUserCount: 2176,
  failedUserCount: 8,
  notApplicableUserCount: 184,
  notInstalledUserCount: 68,
  pendingInstallUserCount: 272,
};

/** A body with three faults. */
export const faultyPatch: Readonly<Record<string, unknown>> = {
  ...examplePatch,
  installedDeviceCount: "4",
  failedDeviceCount: null,
  installedDevicesCount: 4,
};

/** Whether a summary has the counters of the example. */
export function isPatched(found: InstallSummary): boolean {
  return found.id === summary.id && counterNames.every((name) => found[name] === examplePatch[name]);
}
