import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { startFault } from "../../files/file-fault.ts";
import { isDamage } from "../../files/sqlite-codes.ts";
import { checkChangeLog, type LogRow } from "../sql/check-change-log.ts";
import { textOf, wholeOf } from "../sql/row-values.ts";
import { feedOfRow } from "../sql/feed.ts";
import { logRowOf, selectChanges, selectSummaries, summaryEndOf } from "../sql/history-rows.ts";
import { applicationId, migrations } from "./schema.ts";
import { prepareStatements } from "./statements.ts";

/** What is found in a store that can be read. */
export interface StoreReport {
  /** Whether `serve` migrates it first; the change log of an older schema is not checked. */
  readonly isOlder: boolean;
  readonly changes: number;
  /** When the last change was made, by the clock of the machine that made it; undefined without changes. */
  readonly changedAt: string | undefined;
  /** The first of its faults. */
  readonly faults: readonly string[];
  readonly faultCount: number;
}

const maxFaults = 20;

/**
 * Reads a whole store and checks its pages and its change log, in one transaction that changes nothing, beside a facade
 * that serves it. Throws `UserError` for a file that cannot be read as a store.
 */
export function inspectStore(file: string): StoreReport {
  try {
    const status = statSync(file);
    if (!status.isFile() || status.size === 0) throw notAStore(file);
    using database = openExistingDatabase(file, { readOnly: true, timeout: 5000 });
    database.exec("BEGIN");
    if (readPragma(database, "application_id") !== applicationId) throw notAStore(file);
    const schema = readPragma(database, "user_version");
    if (schema > migrations.length) throw newerSchema(file, schema);
    return inspect(database, schema < migrations.length);
  } catch (error) {
    if (isDamage(error)) throw damaged(file, error);
    throw startFault(`The store ${file}`, error);
  }
}

function inspect(database: DatabaseSync, isOlder: boolean): StoreReport {
  const faults: string[] = [];
  let faultCount = 0;
  const note = (fault: string): void => {
    faultCount += 1;
    if (faults.length < maxFaults) faults.push(fault);
  };
  let changes = 0;
  let changedAt: string | undefined;
  const rows = function* (): Generator<LogRow> {
    for (const row of database.prepare(selectChanges).iterate()) {
      changes += 1;
      const time = textOf(row, "changed_at");
      if (changedAt === undefined || time > changedAt) changedAt = time;
      yield logRowOf(row);
    }
  };
  for (const row of database.prepare("PRAGMA integrity_check(20)").all()) {
    const found = textOf(row, "integrity_check");
    if (found !== "ok") note(`The file is damaged: ${found}.`);
  }
  // What is read of damaged pages would only repeat it.
  if (!isOlder && faultCount === 0) {
    prepareStatements(database);
    for (const { query, fault } of unpaired) {
      for (const row of database.prepare(query).iterate())
        note(fault(textOf(row, "id"), textOf(row, "tenant_id")));
    }
    const feeds = database.prepare("SELECT * FROM change_feed").all();
    const history = {
      changes: rows(),
      summaries: map(database.prepare(selectSummaries).iterate(), summaryEndOf),
      feeds: new Map(feeds.map((row) => [textOf(row, "tenant_id"), feedOfRow(row)])),
    };
    for (const fault of checkChangeLog(history)) note(fault);
  }
  return { isOlder, changes, changedAt, faults, faultCount };
}

/** Each app has one summary. */
const unpaired = [
  {
    query: `SELECT m.tenant_id, m.id FROM mobile_app m LEFT JOIN install_summary s
      ON s.tenant_id = m.tenant_id AND s.app_id = m.id WHERE s.app_id IS NULL`,
    fault: (id: string, tenantId: string) => `The app ${id} of tenant ${tenantId} has no summary.`,
  },
  {
    query: `SELECT s.tenant_id, s.app_id AS id FROM install_summary s LEFT JOIN mobile_app m
      ON s.tenant_id = m.tenant_id AND s.app_id = m.id WHERE m.id IS NULL`,
    fault: (id: string, tenantId: string) => `The summary of app ${id} in tenant ${tenantId} has no app.`,
  },
] as const;

function* map<From, To>(values: Iterable<From>, toOne: (value: From) => To): Generator<To> {
  for (const value of values) yield toOne(value);
}

function readPragma(database: DatabaseSync, name: "application_id" | "user_version"): number {
  return wholeOf(database.prepare(`PRAGMA ${name}`).get() ?? {}, name);
}

function notAStore(file: string): UserError {
  return new UserError(`The file ${file} is not a store of Install Summary. Restore it from a backup.`, {
    exit: exitCodes.unavailable,
  });
}

function damaged(file: string, cause: unknown): UserError {
  return new UserError(`The store ${file} is not a SQLite file, or is damaged. Restore it from a backup.`, {
    exit: exitCodes.unavailable,
    cause,
  });
}

function newerSchema(file: string, schema: number): UserError {
  return new UserError(
    `The store ${file} was written by a newer version (its schema is ${schema}, this version knows ` +
      `${migrations.length}). Use the newer version.`,
  );
}
