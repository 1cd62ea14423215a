import { isCounterName } from "../../resource/counters.ts";

/** The report that has what an import needs. */
export const wantedReport = "AppInstallStatusAggregate";

/** Guesses from its header what a file without the columns of a report is. The text is part of a sentence; undefined if unknown. */
export function recognizeTable(header: readonly string[]): string | undefined {
  const names = header.map((name) => name.toLowerCase().replaceAll(/[\s_]/g, ""));
  const has = (...some: readonly string[]): boolean => some.some((name) => names.includes(name));
  if (has("devicename", "deviceid", "installstate")) {
    return "the report of the devices of one app (DeviceInstallStatusByApp)";
  }
  if (has("userprincipalname", "username", "upn")) {
    return "the report of the users of one app (UserInstallStatusAggregateByApp)";
  }
  if (has("@odata.type") || (has("id") && has("displayname"))) {
    return "Graph's list of apps without $expand=installSummary";
  }
  const isOfDashboard = header.some((name, at) => !isCounter(name) && dashboardColumn.test(names[at] ?? ""));
  return isOfDashboard ? "a table exported by a dashboard" : undefined;
}

/** Names such as `Failed devices`, `Device installation failures` and `Sum of FailedDeviceCount`. */
const dashboardColumn =
  /^(?:sum|count|average)of|(?:install|fail|pending).*(?:device|user)|(?:device|user).*(?:install|fail|pending)/;

function isCounter(name: string): boolean {
  const trimmed = name.trim();
  return isCounterName(trimmed.charAt(0).toLowerCase() + trimmed.slice(1));
}
