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
  // Names are short: an expression that looks for two words takes long for a long one.
  const names = header.map((name) => name.slice(0, 99).toLowerCase().replaceAll(/[\s_]/g, "")).join("\n");
  if (/^(?:devicename|deviceid|installstate)$/m.test(names))
    return "the report of the devices of one app (DeviceInstallStatusByApp)";
  if (/^(?:userprincipalname|username|upn)$/m.test(names))
    return "the report of the users of one app (UserInstallStatusAggregateByApp)";
  if (/^reportname$/m.test(names)) return "an export job (its url has the report)";
  // Where PowerShell has the summary of an app.
  if (/^(?:installsummary|additionalproperties)$/m.test(names))
    return "Graph's list of apps with installSummary cut off (if PowerShell wrote it, use ConvertTo-Json -Depth 10)";
  // Counters under names such as installSummary.failedDeviceCount are there, only not as columns of a report.
  if (/^installsummary.+count$/m.test(names)) return undefined;
  if (/^@odata\.type$/m.test(names) || (/^id$/m.test(names) && /^displayname$/m.test(names)))
    return "Graph's list of apps without $expand=installSummary";
  return dashboardColumn.test(names) ? "a table exported by a dashboard" : undefined;
}

/**
 * Names such as `Failed devices`, `Device installation failures` and `Sum of FailedDeviceCount`. Those of the report, however
 * they are spelt, are none: `Failed Device Count` and FailedDevicePercentage.
 */
const dashboardColumn =
  /^(?:sum|count|average)of|(?:install|fail|pending).*(?:device|user)(?!count|percentage)|(?:device|user).*(?:install|fail|pending)/m;
