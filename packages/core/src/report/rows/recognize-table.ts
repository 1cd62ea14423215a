import { counterNames } from "../../resource/counters.ts";

/** The report that has what an import needs. */
export const wantedReport = "AppInstallStatusAggregate";

/** Whether a column has a counter. */
export function hasCounterColumn(header: readonly string[]): boolean {
  const names = header.map((name) => name.trim().toLowerCase());
  return counterNames.some((name) => names.includes(name.toLowerCase()));
}

/**
 * Guesses from its header what a file without the columns of a report is. The text is part of a sentence; undefined if
 * unknown, and for a file with counters, of which something else is wrong.
 */
export function recognizeTable(header: readonly string[]): string | undefined {
  if (hasCounterColumn(header)) return undefined;
  const names = header.map((name) => name.toLowerCase().replaceAll(/[\s_]/g, "")).join("\n");
  if (/^(?:devicename|deviceid|installstate)$/m.test(names))
    return "the report of the devices of one app (DeviceInstallStatusByApp)";
  if (/^(?:userprincipalname|username|upn)$/m.test(names))
    return "the report of the users of one app (UserInstallStatusAggregateByApp)";
  // Where PowerShell has the summary of an app.
  if (/^(?:installsummary|additionalproperties)$/m.test(names))
    return "Graph's list of apps with installSummary cut off (if PowerShell wrote it, use ConvertTo-Json -Depth 10)";
  // Counters under names such as installSummary.failedDeviceCount are there, only not as columns of a report.
  if (/^installsummary.+count$/m.test(names)) return undefined;
  if (/^@odata\.type$/m.test(names) || (/^id$/m.test(names) && /^displayname$/m.test(names)))
    return "Graph's list of apps without $expand=installSummary";
  return names.split("\n").some(isDashboardColumn) ? "a table exported by a dashboard" : undefined;
}

/**
 * Names such as `Failed devices`, `Device installation failures` and `Sum of FailedDeviceCount`. Those of the report, however
 * they are spelt, are none: `Failed Device Count` and FailedDevicePercentage.
 */
function isDashboardColumn(name: string): boolean {
  if (/^(?:sum|count|average)of/.test(name)) return true;
  // One after the other: an expression for both would try each beginning with each end of a long name.
  return (
    /(?:device|user)(?!count|percentage)/.test(behind(name, /install|fail|pending/)) ||
    /install|fail|pending/.test(behind(name, /device|user/))
  );
}

/** A text from what is found in it on; empty where it is not there. */
function behind(text: string, found: RegExp): string {
  const at = text.search(found);
  return at < 0 ? "" : text.slice(at);
}
