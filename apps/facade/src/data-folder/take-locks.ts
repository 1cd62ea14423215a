import { join } from "node:path";
import { UserError } from "@install-summary/command-line/errors";
import { folderFiles } from "../files/folder-files.ts";
import { isThere, realPath } from "../files/look.ts";
import { lockName } from "../files/store-files.ts";
import { isLocked, lockFile } from "./lock-file.ts";

/** What is locked, and who is told when a lock is lost. */
export interface LockOptions {
  /** The data folder. */
  readonly data: string;
  /**
   * The store's file, which has a lock of its own: it keeps a second facade out whichever data folder that one has. A
   * database has none: several facades share it.
   */
  readonly file: string | undefined;
  /** Called once when a lock is lost, because its folder was moved or another facade has it. */
  readonly onLost: (reason: Error) => void;
}

/** Whether a facade serves a data folder now. */
export function isServed(data: string): boolean {
  return isLocked(lockOf(data));
}

/** Whether a facade serves a store's file now, by whichever data folder. */
export function isStoreServed(file: string): boolean {
  return isThere(file) && isLocked(lockOfStore(file));
}

/** Milliseconds between two looks whether the locks are still held. */
const renewEvery = 250;
/** A lock is lost after so many looks in a row: another that starts may hold one of two for a moment and be refused. */
const maxFailures = 8;

/**
 * Takes a data folder and a store for one facade, and returns what gives them back. Throws `UserError` while another
 * facade has either.
 */
export async function takeLocks({ data, file, onLost }: LockOptions): Promise<() => void> {
  await using taken = new AsyncDisposableStack();
  const folderLock = await lockFile(
    lockOf(data),
    () =>
      new UserError(
        `Another facade serves the data folder ${data}. Stop it first, or choose another with --data.`,
      ),
  );
  taken.defer(() => folderLock.release());
  const storeLock =
    file === undefined
      ? undefined
      : await lockFile(
          lockOfStore(file),
          () =>
            new UserError(
              `Another facade serves the store ${file}. Stop it first, or choose another with --store.`,
            ),
        );
  taken.move();
  let failures = 0;
  const timer = setInterval(() => {
    try {
      folderLock.renew();
      storeLock?.renew();
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures < maxFailures) return;
      clearInterval(timer);
      onLost(error instanceof Error ? error : new Error(String(error)));
    }
  }, renewEvery).unref();
  return () => {
    clearInterval(timer);
    storeLock?.release();
    folderLock.release();
  };
}

function lockOf(data: string): string {
  return join(data, folderFiles.lock);
}

function lockOfStore(file: string): string {
  return lockName(realPath(file));
}
