import { frozenCopy } from "../text/frozen-copy.ts";

/** What a counter counts. */
export type CounterScope = "device" | "user";

/** The state of an installation that a counter counts. */
export type CounterState = "installed" | "failed" | "notApplicable" | "notInstalled" | "pendingInstall";

/** The name of one of the ten counters of `microsoft.graph.mobileAppInstallSummary`. */
export type CounterName =
  | "installedDeviceCount"
  | "failedDeviceCount"
  | "notApplicableDeviceCount"
  | "notInstalledDeviceCount"
  | "pendingInstallDeviceCount"
  | "installedUserCount"
  | "failedUserCount"
  | "notApplicableUserCount"
  | "notInstalledUserCount"
  | "pendingInstallUserCount";

/** The description of one counter, from which a form, a table or a schema can be made. */
export interface Counter {
  readonly name: CounterName;
  readonly scope: CounterScope;
  readonly state: CounterState;
  /** A short English name, such as `Failed devices`. */
  readonly label: string;
  /** What it counts, in one sentence of the specification. */
  readonly description: string;
}

/** The maximum of a counter, an `Edm.Int32` that is never negative. */
export const counterMaximum = 2_147_483_647;

/**
 * The ten counters, in the order of the specification.
 *
 * Source: Microsoft Graph beta, resource type `mobileAppInstallSummary`.
 */
export const counters: readonly Counter[] = /* @__PURE__ */ frozenCopy([
  {
    name: "installedDeviceCount",
    scope: "device",
    state: "installed",
    label: "Installed devices",
    description: "Devices on which the app is installed.",
  },
  {
    name: "failedDeviceCount",
    scope: "device",
    state: "failed",
    label: "Failed devices",
    description: "Devices on which installing the app failed.",
  },
  {
    name: "notApplicableDeviceCount",
    scope: "device",
    state: "notApplicable",
    label: "Not applicable devices",
    description: "Devices to which the app does not apply.",
  },
  {
    name: "notInstalledDeviceCount",
    scope: "device",
    state: "notInstalled",
    label: "Not installed devices",
    description: "Devices on which the app is not installed.",
  },
  {
    name: "pendingInstallDeviceCount",
    scope: "device",
    state: "pendingInstall",
    label: "Pending devices",
    description: "Devices that were told to install the app and have not reported yet.",
  },
  {
    name: "installedUserCount",
    scope: "user",
    state: "installed",
    label: "Installed users",
    description: "Users who have the app installed on every one of their devices.",
  },
  {
    name: "failedUserCount",
    scope: "user",
    state: "failed",
    label: "Failed users",
    description: "Users with at least one device on which installing the app failed.",
  },
  {
    name: "notApplicableUserCount",
    scope: "user",
    state: "notApplicable",
    label: "Not applicable users",
    description: "Users to none of whose devices the app applies.",
  },
  {
    name: "notInstalledUserCount",
    scope: "user",
    state: "notInstalled",
    label: "Not installed users",
    description: "Users with at least one device on which the app is not installed.",
  },
  {
    name: "pendingInstallUserCount",
    scope: "user",
    state: "pendingInstall",
    label: "Pending users",
    description: "Users with at least one device still to install the app and none that failed.",
  },
]);

/** The names of the ten counters, in the order of the specification. */
export const counterNames: readonly CounterName[] = /* @__PURE__ */ frozenCopy(
  counters.map((counter) => counter.name),
);

const names: ReadonlySet<string> = new Set(counterNames);

/** Whether a value is one that a counter can have: a whole number from 0 to 2147483647. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= counterMaximum;
}

/** Whether a property name is one of the ten counters. Names are case-sensitive, as in OData. */
export function isCounterName(name: string): name is CounterName {
  return names.has(name);
}
