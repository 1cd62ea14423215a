import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { renameSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { makeDraft, moveToFree } from "../../files/draft-file.ts";
import { watchImmutable } from "../../files/existing-database.ts";
import { startFault } from "../../files/file-fault.ts";
import { findTarget } from "../../files/find-target.ts";
import { refuseOwnFile, type OwnFiles } from "../../files/refuse-own-file.ts";
import { syncFile, trySyncFolder } from "../../files/sync-files.ts";
import { whenFree } from "../../files/when-free.ts";
import type { StoreReport } from "../sql/store-report.ts";
import type { ConnectorOptions } from "./connector.ts";
import { CopyFault, copyDatabase } from "./copy-store.ts";
import { inspectStoreUntil } from "./inspect-store.ts";
import { proveLogToRead } from "./prove-log.ts";
import { removeEmptyLog, takeToRead } from "./refuse-other-log.ts";
import { refuseMissingStore } from "./refuse-lost-store.ts";
import { storeFault } from "./store-fault.ts";

/** Which store is copied, and to where. */
export interface BackupOptions extends Pick<ConnectorOptions, "mustProve"> {
  /** The store's file. */
  readonly file: string;
  readonly target: string;
  /** Whether a file that has the target's name is replaced. */
  readonly replace: boolean;
  /** Files beside those of the store that are never replaced. */
  readonly keep?: OwnFiles;
  /** Ends it: it then throws the signal's reason, and leaves nothing behind. */
  readonly signal: AbortSignal;
}

/** What is in a backup. */
export interface BackupReport extends StoreReport {
  /**
   * Why it is not known whether all commits of the store are on its disk, as the end of a sentence that begins with its log. The
   * backup may then hold changes whose callers got an error. Undefined where it is known.
   */
  readonly unproven: string | undefined;
  /** Why it is not known whether the backup keeps its name in a crash, as the end of a sentence that begins with its folder. */
  readonly unsynced: string | undefined;
}

/**
 * Copies a store as it is at one moment, beside a facade that serves it, checks the copy, and gives it its name. Resolves to
 * what is in it. Throws `UserError`, and then what was at the target is as it was.
 */
export async function backupStore(options: BackupOptions): Promise<BackupReport> {
  const { file, target, replace, signal } = options;
  refuseMissingStore(file);
  const path = checkTarget(options);
  using draft = tell(target, () => makeDraft(path, { suffix: ".part" }));
  const unproven = await copyStore(options, draft.path);
  const copied = { kind: "store", file } as const;
  const report = await inspectStoreUntil(draft.path, signal, copied).catch((error: unknown) => {
    throw startFault(`The backup ${target}`, error);
  });
  if (report.faultCount > 0) throw notWhole(file, report);
  signal.throwIfAborted();
  tell(target, () => {
    // The check has opened it.
    syncFile(draft.path);
    if (replace) renameSync(draft.path, path);
    else moveToFree(draft.path, path);
  });
  const unsynced = tell(target, () => trySyncFolder(dirname(path)));
  return { ...report, unproven, unsynced };
}

/** Where the copy goes in the end: a link is followed. */
function checkTarget({ target, file, replace, keep }: BackupOptions): string {
  return tell(target, () => {
    const { path, isThere } = findTarget(target, "install-summary.backup.db");
    refuseOwnFile(path, { folders: [], others: [], ...keep, stores: [file, ...(keep?.stores ?? [])] });
    if (isThere && !replace) {
      throw new UserError(
        `The file ${target} is there already, and was left as it is. Name another file, or replace it with --replace.`,
      );
    }
    return path;
  });
}

/** Copies a store, and returns why its log could not be proven. */
async function copyStore(
  { file, target, mustProve = true, signal }: BackupOptions,
  draft: string,
): Promise<string | undefined> {
  const checkUnchanged = watchImmutable(file);
  const opened = await openSource(file, signal);
  try {
    // What is told of a fault looks at a file that is closed.
    using source = opened;
    const unproven = mustProve ? proveLogToRead(file) : undefined;
    await copyDatabase(source, draft, signal);
    checkUnchanged();
    return unproven;
  } catch (error) {
    if (error instanceof CopyFault) throw startFault(`The backup ${target}`, error.cause);
    throw await storeFault(error, file, signal);
  } finally {
    removeEmptyLog(file);
  }
}

async function openSource(file: string, signal: AbortSignal): Promise<DatabaseSync> {
  try {
    return await whenFree(() => takeToRead(file), { signal });
  } catch (error) {
    removeEmptyLog(file);
    throw await storeFault(error, file, signal);
  }
}

function notWhole(file: string, { faults }: StoreReport): UserError {
  return new UserError(
    [
      `The store ${file} is not whole, so no backup was made. Restore the last backup that is.`,
      ...faults,
    ].join("\n"),
    { exit: exitCodes.unavailable },
  );
}

function tell<Result>(target: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw startFault(`The backup ${target}`, error);
  }
}
