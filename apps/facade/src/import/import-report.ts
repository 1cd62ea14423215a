import { readReport, type ByteSource } from "@install-summary/core/report";
import type { Limits } from "../settings/settings.ts";
import { isWebStream, type ImportingStore } from "@install-summary/core/service";
import { applyRows, type ApplyOptions, type ImportReport, type StagedReport } from "./apply-rows.ts";
import { createDecider, type DeciderOptions } from "./create-decider.ts";
import { interruptedReading } from "./interrupted-import.ts";
import { limitBytes, limitRows } from "./limit-report.ts";
import { openStaging, type ReportStaging } from "./open-staging.ts";
import { createRejectedRows } from "./rejected-rows.ts";

/** How a report is imported, and with which limits. */
export interface ImportOptions extends DeciderOptions, ApplyOptions {
  /** The folder that holds the rows until all of them are read. */
  readonly scratch: string;
  readonly limits: Pick<Limits, "importRows" | "importBytes">;
}

/**
 * Imports a report, which may be in several files: creates new apps, changes those that differ, and reports why a row was
 * rejected. A rejected row leaves the other rows alone. A file that cannot be read to its end throws `GraphError` and
 * changes nothing. A store that fails between two batches throws `GraphError` with the number of rows that are in. Holds
 * little in memory, whatever the files are.
 */
export async function importReport(
  store: ImportingStore,
  source: ByteSource | readonly ByteSource[],
  options: ImportOptions,
): Promise<ImportReport> {
  const sources = isList(source) ? source : [source];
  const staging = openStaging(options.scratch);
  try {
    const staged = await stageRows(staging, sources, options).catch((error: unknown) => {
      const { stop } = options;
      throw interruptedReading(stop?.aborted === true ? stop.reason : error);
    });
    return await applyRows(staged, createDecider(store, options), options);
  } finally {
    staging.close();
    // A file was not begun where one before it was refused.
    for (const one of sources) if (isWebStream(one) && !one.locked) await one.cancel().catch(() => undefined);
  }
}

function isList(source: ByteSource | readonly ByteSource[]): source is readonly ByteSource[] {
  return Array.isArray(source);
}

/** Stages every row with a readable app id; the others are rejected. */
async function stageRows(
  staging: ReportStaging,
  sources: readonly ByteSource[],
  { names, limits: { importRows, importBytes }, stop, onProgress }: ImportOptions,
): Promise<StagedReport> {
  const rejected = createRejectedRows();
  let [rows, bytes] = [0, 0];
  const files = limitBytes(sources, importBytes, (length) => {
    // A file may go on for ever without a row.
    stop?.throwIfAborted();
    bytes += length;
    onProgress?.({ step: "read", rows, bytes });
  });
  for await (const row of limitRows(readReport(files, { names }), importRows)) {
    stop?.throwIfAborted();
    rows += 1;
    const appId = "app" in row ? row.app.id : row.id;
    if (appId !== undefined) staging.add(appId, row);
    else if ("problem" in row) rejected.add(row);
  }
  return { staging, rows, rejected };
}
