import { exitCodes, UserError } from "@install-summary/command-line/errors";
import type { DatabaseSync } from "node:sqlite";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { scratchFault } from "../../files/sqlite-codes.ts";
import { syncFile } from "../../files/sync-files.ts";
import { digestTenant } from "../sql/feed.ts";
import { textOf, wholeOf } from "../sql/row-values.ts";
import type { StoreReport } from "../sql/store-report.ts";
import { CopyFault, copyDatabase } from "./copy-store.ts";
import { prepareDeletes } from "./delete-statements.ts";
import { inspectStoreUntil } from "./inspect-store.ts";
import { liftStore, type RestoredBy } from "./lift-store.ts";
import { migrateDraft } from "./migrate.ts";
import { backupOf, readBackup } from "./open-backup.ts";
import type { StoreNumbers } from "./read-numbers.ts";

/**
 * What is done with tenants that were erased from the replaced store, or taken out of it by a restore, after the backup was
 * made.
 */
export type ErasedTenants = "leave-out" | "bring-back";

/** What is restored, and how. */
export interface RestoreDraftOptions {
  /** The backup's file. */
  readonly source: string;
  /** An empty file, which becomes the store. */
  readonly draft: string;
  /** What the replaced store had given out; undefined where it is not there or cannot be read. */
  readonly replaced: StoreNumbers | undefined;
  /** Where it is undefined and a tenant was erased, nothing is restored. */
  readonly erased: ErasedTenants | undefined;
  readonly by: RestoredBy;
  readonly signal: AbortSignal;
}

/** What was restored. */
export interface RestoreReport {
  /** The backup as it was. */
  readonly backup: StoreReport;
  /** The tenants that were left out, because they were erased or taken out after the backup was made. */
  readonly leftOut: readonly string[];
  /** Whether the replaced store was restored itself, so that the restore may have taken them out. */
  readonly wasRestored: boolean;
}

/**
 * Makes a store of a backup: checks it, migrates it, takes its numbers up, and checks what came of it. Throws `UserError`
 * for a backup that cannot be restored, and a fault of the draft's file as it is.
 */
export async function draftRestore(options: RestoreDraftOptions): Promise<RestoreReport> {
  const { source, draft, replaced, erased, by, signal } = options;
  const wasRestored = replaced?.wasRestored === true;
  await copyBackup(source, draft, signal);
  const report = await inspectStoreUntil(draft, signal, backupOf(source));
  if (report.faultCount > 0) throw notWhole(source, report);
  const leftOut = change(draft, (database) => {
    migrateDraft(database);
    const cameBack = findErased(database, replaced);
    if (cameBack.length > 0 && erased === undefined) throw undecided(cameBack, wasRestored);
    const omitted = erased === "leave-out" ? cameBack : [];
    const deletes = prepareDeletes(database);
    for (const tenantId of omitted) while (!deletes.eraseStep({ tenantId, top: 100_000 }).isLast);
    liftStore(database, replaced?.numbers ?? new Map(), by);
    return omitted;
  });
  const made = await inspectStoreUntil(draft, signal, backupOf(source));
  if (made.faultCount > 0) throw notWhole(source, made);
  finish(draft);
  return { backup: report, leftOut, wasRestored };
}

/** Copies a backup. A fault of the draft is thrown as it is: the backup is not to blame. */
async function copyBackup(source: string, draft: string, signal: AbortSignal): Promise<void> {
  const copy = (database: DatabaseSync): Promise<void> => copyDatabase(database, draft, signal);
  await readBackup(source, copy, signal).catch((error: unknown) => {
    throw error instanceof CopyFault ? error.cause : error;
  });
}

/** Changes a draft. A crash leaves nothing that is used, so that no transaction has to be undone. */
function change<Result>(draft: string, action: (database: DatabaseSync) => Result): Result {
  try {
    using database = openExistingDatabase(draft, {});
    database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON");
    return action(database);
  } catch (error) {
    throw scratchFault(error);
  }
}

/** Every store has a write-ahead log, so that SQLite never makes a journal beside one. */
function finish(draft: string): void {
  using database = openExistingDatabase(draft, {});
  database.exec("PRAGMA journal_mode = WAL");
  database.close();
  syncFile(draft);
}

/** The tenants of a backup that the replaced store has erased or taken out since, whether they have come again or not. */
function findErased(database: DatabaseSync, replaced: StoreNumbers | undefined): readonly string[] {
  return database
    .prepare("SELECT tenant_id, last FROM change_feed ORDER BY tenant_id")
    .all()
    .map((row) => ({ tenantId: textOf(row, "tenant_id"), last: wholeOf(row, "last") }))
    .filter(({ tenantId, last }) => (replaced?.erased.get(digestTenant(tenantId)) ?? 0) > last)
    .map(({ tenantId }) => tenantId);
}

function undecided(tenants: readonly string[], wasRestored: boolean): UserError {
  const [what, them] = tenants.length === 1 ? ["a tenant that was", "it"] : ["tenants that were", "them"];
  const done = wasRestored
    ? "erased from the store since, or taken out of it by an earlier restore"
    : "erased from the store since";
  return new UserError(
    `Nothing was restored: the backup has ${what} ${done}: ${tenants.join(", ")}. ` +
      `Add --erased leave-out to restore the others, or --erased bring-back to restore ${them} too.`,
  );
}

function notWhole(source: string, { faults }: StoreReport): UserError {
  return new UserError([`The backup ${source} is not whole. Restore another one.`, ...faults].join("\n"), {
    exit: exitCodes.refused,
  });
}
