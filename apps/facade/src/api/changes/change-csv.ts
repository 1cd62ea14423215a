import { counterNames } from "@install-summary/core";
import { guardFormula, type LoggedChange } from "@install-summary/core/service";

const columns = "changedAt,actor,origin,appId,displayName,version,counter,before,after,requestId" as const;

/** The first line of the CSV. */
export const csvHeader: string = `${columns}\r\n`;

/** A change as lines of CSV: one for each counter that changed. No cell is a formula. Source: RFC 4180. */
export function formatCsv(change: LoggedChange): string {
  const { changedAt, actor, origin, appId, displayName, version, requestId, before, after } = change;
  const start = [changedAt, actor, origin, appId, displayName ?? "", String(version)]
    .map(formatCell)
    .join(",");
  return counterNames
    .filter((name) => after[name] !== undefined)
    .map((name) => `${start},${name},${before[name] ?? ""},${after[name]},${formatCell(requestId)}\r\n`)
    .join("");
}

function formatCell(text: string): string {
  const guarded = guardFormula(text);
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
