import type { CounterName } from "../../../resource/counters.ts";
import { exampleSummary } from "../../../resource/example.ts";

const { id: _, ...exampleCounters } = exampleSummary;

/** Some of the counters, as JSON. */
type Counters = { readonly [Name in CounterName]?: number };

/** The name of a state of the summary, under which its ETag is captured. */
export type StateName =
  | "example"
  | "thousand"
  | "starred"
  | "matched"
  | "listed"
  | "bounded"
  | "minimal"
  | "typed"
  | "back"
  | "committed"
  | "last"
  | "repeated"
  | "spelled"
  | "plain"
  | "named";

/**
 * The states that the pairs bring the summary into, in order, with the counters that the PATCH sets. A PATCH that is
 * refused or changes nothing has no line here.
 */
const steps: { readonly [Name in StateName]: Counters } = {
  example: exampleCounters, // 1
  thousand: { failedDeviceCount: 1000 }, // 5
  starred: { installedDeviceCount: 12 }, // 12
  matched: { notApplicableDeviceCount: 27 }, // 27
  listed: { notInstalledDeviceCount: 29 }, // 29
  bounded: { pendingInstallUserCount: 2147483647, failedUserCount: 0 }, // 36
  minimal: { installedUserCount: 40 }, // 40; its ETag is captured by 41
  typed: { failedUserCount: 49 }, // 49
  back: { failedUserCount: 0 }, // 56: the values of `minimal`
  committed: { notInstalledUserCount: 60 }, // 60
  last: { notInstalledUserCount: 5, pendingInstallDeviceCount: 61 }, // 61
  repeated: { notApplicableUserCount: 144 }, // 144
  spelled: { notApplicableUserCount: 159, failedDeviceCount: 1000 }, // 159; a batch may have changed the latter
  plain: { notApplicableUserCount: 187 }, // 187; a compressed body may have changed it before
  named: { notApplicableUserCount: 199 }, // 199
};

/** The ten counters in a state: those of the steps up to it. */
export function countersIn(state: StateName): Counters {
  const names = Object.keys(steps);
  const upToIt: readonly Counters[] = Object.values(steps).slice(0, names.indexOf(state) + 1);
  return upToIt.reduce((counters, step) => ({ ...counters, ...step }));
}

/** The body of the PATCH that leads to a state. */
export function bodyTo(state: StateName): string {
  return JSON.stringify(steps[state]);
}
