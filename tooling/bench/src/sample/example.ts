import { counterNames, type CounterName, type InstallSummary } from "@install-summary/core";
import { exampleSummary } from "@install-summary/core/contract";

/** A patch in which every counter that is there has a value. */
export type WholePatch = { readonly [Name in CounterName]?: number };

const { id, ...counters } = exampleSummary;

/** The body of the specification's example. */
export const examplePatch: WholePatch = counters;

/** A summary that differs from the example in every counter. */
export const summary: InstallSummary = {
  id,
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
