import { counters, type CounterName, type InstallSummary } from "@install-summary/core";

/** The part, 0 to 1, that a counter is of all devices, or of all users; 0 where there are none. */
export function shareOf(summary: InstallSummary, name: CounterName): number {
  const scope = counters.find((counter) => counter.name === name)?.scope;
  const all = counters.filter((counter) => counter.scope === scope);
  const total = all.reduce((sum, counter) => sum + summary[counter.name], 0);
  return total === 0 ? 0 : summary[name] / total;
}

/** The part of all devices, or of all users, for which an app failed. */
export function failedShare(
  { installSummary }: { readonly installSummary: InstallSummary },
  users: boolean,
): number {
  return shareOf(installSummary, users ? "failedUserCount" : "failedDeviceCount");
}
