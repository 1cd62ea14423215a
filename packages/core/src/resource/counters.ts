import { frozenCopy } from "../text/frozen-copy.ts";
import { counterStates, stateLabels, type CounterState } from "./counter-states.ts";

export type { CounterState } from "./counter-states.ts";

/** What a counter counts. */
export type CounterScope = "device" | "user";

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

/** The names of the ten counters, in the order of the specification. */
export const counterNames: readonly CounterName[] = /* @__PURE__ */ frozenCopy(
  /* @__PURE__ */ forEachCounter(counterName),
);

const descriptions: Readonly<Record<CounterScope, Readonly<Record<CounterState, string>>>> = {
  device: {
    installed: "Devices on which the app is installed.",
    failed: "Devices on which installing the app failed.",
    notApplicable: "Devices to which the app does not apply.",
    notInstalled: "Devices on which the app is not installed.",
    pendingInstall: "Devices that were told to install the app and have not reported yet.",
  },
  user: {
    installed: "Users who have the app installed on every one of their devices.",
    failed: "Users with at least one device on which installing the app failed.",
    notApplicable: "Users to none of whose devices the app applies.",
    notInstalled: "Users with at least one device on which the app is not installed.",
    pendingInstall: "Users with at least one device still to install the app and none that failed.",
  },
};

/**
 * The ten counters, in the order of the specification.
 *
 * Source: Microsoft Graph beta, resource type `mobileAppInstallSummary`.
 */
export const counters: readonly Counter[] = /* @__PURE__ */ frozenCopy(
  /* @__PURE__ */ forEachCounter(describeCounter),
);

const names: ReadonlySet<string> = new Set(counterNames);

/** What a counter must be, for sentences. */
export const aCount: string = `a whole number from 0 to ${counterMaximum}`;

/** Whether a value is one that a counter can have: a whole number from 0 to 2147483647. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= counterMaximum;
}

/** Whether a property name is one of the ten counters. Names are case-sensitive, as in OData. */
export function isCounterName(name: string): name is CounterName {
  return names.has(name);
}

function forEachCounter<Value>(make: (scope: CounterScope, state: CounterState) => Value): readonly Value[] {
  return (["device", "user"] as const).flatMap((scope) => counterStates.map((state) => make(scope, state)));
}

function counterName(scope: CounterScope, state: CounterState): CounterName {
  return scope === "device" ? `${state}DeviceCount` : `${state}UserCount`;
}

function describeCounter(scope: CounterScope, state: CounterState): Counter {
  const name = counterName(scope, state);
  const label = `${stateLabels[state].shortLabel} ${scope}s`;
  return { name, scope, state, label, description: descriptions[scope][state] };
}
