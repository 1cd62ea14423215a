import { counterNames, safeParsePatchText, type InstallSummaryPatch } from "@install-summary/core";
import { DatabaseSync } from "node:sqlite";
import type { StoreEnd } from "../check/end.ts";

/** Reads a store's file as SQLite recovers it, and what the file itself says of its pages. */
export function readStore(file: string, tenantId: string): StoreEnd & { readonly integrity: string } {
  using database = new DatabaseSync(file);
  const log = database
    .prepare("SELECT * FROM install_summary_change WHERE tenant_id = ? ORDER BY sequence")
    .all(tenantId)
    .map((row) => ({
      appId: String(row["app_id"]),
      version: Number(row["version"]),
      requestId: String(row["request_id"]),
      ...(row["client_request_id"] !== null && { clientRequestId: String(row["client_request_id"]) }),
      before: countersOf(String(row["before"])),
      after: countersOf(String(row["after"])),
    }));
  const rows = database.prepare("SELECT * FROM install_summary WHERE tenant_id = ?").all(tenantId);
  const summaries = rows.map((row) => {
    const counters = counterNames.map((name) => [name, Number(row[columnOf(name)])]);
    return [
      String(row["app_id"]),
      { version: Number(row["version"]), counters: Object.fromEntries(counters) },
    ] as const;
  });
  const integrity = database.prepare("PRAGMA integrity_check").get();
  return { log, summaries: new Map(summaries), integrity: String(integrity?.["integrity_check"]) };
}

function countersOf(text: string): InstallSummaryPatch {
  const parsed = safeParsePatchText(text);
  if (!parsed.success) throw new Error(`The log holds ${text}.`);
  return parsed.data;
}

function columnOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
