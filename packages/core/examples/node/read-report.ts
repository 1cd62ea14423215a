import { createReadStream } from "node:fs";
import type { InstallSummaryPatch } from "@install-summary/core";
import { readReport } from "@install-summary/core/report";

/** Reads a file of Intune's report: the patch of each app, and what is wrong with the other rows. */
export async function readReportFile(path: string): Promise<{
  readonly patches: ReadonlyMap<string, InstallSummaryPatch>;
  readonly rejected: readonly string[];
}> {
  const patches = new Map<string, InstallSummaryPatch>();
  const rejected: string[] = [];
  for await (const row of readReport(createReadStream(path))) {
    if ("problem" in row) rejected.push(`${path}:${row.line}: ${row.problem}`);
    else patches.set(row.app.id, row.patch);
  }
  return { patches, rejected };
}
