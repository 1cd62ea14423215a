import { changeOrigins } from "@install-summary/core";
import type { DatabaseSync } from "node:sqlite";
import { DamagedFile } from "../../files/sqlite-codes.ts";
import { appOfRow, selectApp, selectSummary, summaryOfRow } from "../sql/columns.ts";
import { feedOfRow } from "../sql/feed.ts";
import type { ChangeRow, SummaryRow } from "../sql/group.ts";
import { textOf, wholeOf, wholeOrNull, type SqlRow } from "../sql/row-values.ts";
import { partLength, type StorePart } from "../sql/store-part.ts";

/** Reads a whole store, part by part: a tenant before what it has. Nothing may change it meanwhile. */
export function* readParts(database: DatabaseSync): Generator<StorePart> {
  for (const row of database.prepare("SELECT * FROM change_feed ORDER BY tenant_id").all()) {
    const tenantId = textOf(row, "tenant_id");
    yield { kind: "tenant", feed: { tenantId, ...feedOfRow(row) } };
    const read = (query: string): Iterable<readonly SqlRow[]> =>
      inParts(database.prepare(query).iterate(tenantId));
    for (const rows of read(queries.apps))
      yield {
        kind: "apps",
        tenantId,
        apps: rows.map((app) => ({ tenantId, app: appOfRow(app), isNew: true })),
      };
    for (const rows of read(queries.summaries))
      yield { kind: "summaries", tenantId, summaries: rows.map((one) => summaryRowOf(one, tenantId)) };
    for (const rows of read(queries.changes))
      yield { kind: "changes", tenantId, changes: rows.map((one) => changeRowOf(one, tenantId)) };
  }
  for (const rows of inParts(database.prepare("SELECT * FROM erased_tenant").iterate())) {
    const erased = rows.map((row) => ({
      digest: textOf(row, "digest"),
      last: wholeOf(row, "last"),
      erasedVersion: wholeOf(row, "erased_version"),
    }));
    yield { kind: "erased", erased };
  }
}

const queries = {
  apps: `SELECT ${selectApp} FROM mobile_app m WHERE m.tenant_id = ? ORDER BY m.id`,
  summaries: `SELECT s.app_id, ${selectSummary}, s.modified_at, s.modified_by
    FROM install_summary s WHERE s.tenant_id = ? ORDER BY s.app_id`,
  changes: "SELECT * FROM install_summary_change WHERE tenant_id = ? ORDER BY sequence",
} as const;

function* inParts(rows: Iterable<SqlRow>): Generator<readonly SqlRow[]> {
  let part: SqlRow[] = [];
  for (const row of rows) {
    part.push(row);
    if (part.length < partLength) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

function summaryRowOf(row: SqlRow, tenantId: string): SummaryRow {
  return {
    tenantId,
    ...summaryOfRow(row, textOf(row, "app_id")),
    modifiedAt: textOf(row, "modified_at"),
    modifiedBy: textOf(row, "modified_by"),
    isNew: true,
  };
}

function changeRowOf(row: SqlRow, tenantId: string): ChangeRow {
  const origin = changeOrigins.find((known) => known === row["origin"]);
  if (origin === undefined) throw new DamagedFile("the column origin holds no origin");
  return {
    tenantId,
    sequence: wholeOf(row, "sequence"),
    previousSequence: wholeOrNull(row, "previous_sequence"),
    appId: textOf(row, "app_id"),
    version: wholeOf(row, "version"),
    changedAt: textOf(row, "changed_at"),
    actor: textOf(row, "actor"),
    origin,
    requestId: textOf(row, "request_id"),
    clientRequestId: row["client_request_id"] === null ? undefined : textOf(row, "client_request_id"),
    before: textOf(row, "before"),
    after: textOf(row, "after"),
  };
}
