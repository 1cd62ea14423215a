import { counterNames } from "@install-summary/core";
import type { LogRow, SummaryEnd } from "./check-change-log.ts";
import { selectSummary, summaryOfRow } from "./columns.ts";
import { textOf, wholeOf, wholeOrNull, type SqlRow } from "./row-values.ts";

/** Selects the change log by tenant and sequence. */
export const selectChanges = `SELECT tenant_id, sequence, previous_sequence, app_id, version, origin, before, after
  FROM install_summary_change ORDER BY tenant_id, sequence`;

/** Selects all summaries. */
export const selectSummaries = `SELECT s.tenant_id, s.app_id, ${selectSummary} FROM install_summary s`;

/** Reads a row of `selectChanges`. Throws for a value of another type. */
export function logRowOf(row: SqlRow): LogRow {
  return {
    tenantId: textOf(row, "tenant_id"),
    sequence: wholeOf(row, "sequence"),
    previousSequence: wholeOrNull(row, "previous_sequence"),
    appId: textOf(row, "app_id"),
    version: wholeOf(row, "version"),
    origin: textOf(row, "origin"),
    before: textOf(row, "before"),
    after: textOf(row, "after"),
  };
}

/** Reads a row of `selectSummaries`. */
export function summaryEndOf(row: SqlRow): SummaryEnd {
  const appId = textOf(row, "app_id");
  const { summary, version, changeSequence } = summaryOfRow(row, appId);
  return {
    tenantId: textOf(row, "tenant_id"),
    appId,
    version,
    changeSequence,
    counters: Object.fromEntries(counterNames.map((name) => [name, summary[name]])),
  };
}
