import { open } from "node:fs/promises";
import type { DatabaseSync } from "node:sqlite";
import { isAbsence } from "../../files/file-identity.ts";
import { sqliteCodes } from "../../files/sqlite-codes.ts";
import { whenFree } from "../../files/when-free.ts";
import { wholeOf } from "../sql/row-values.ts";
import { logBytes, logOf } from "./check-whole.ts";
import { takeAndOpen } from "./refuse-other-log.ts";
import { storeFault } from "./store-fault.ts";

/** What a store's files hold of a tenant after it was erased. */
export interface CleanFile {
  /**
   * Whether they may still hold what belongs to the tenant: another program reads the log or writes it, or the tenant has got
   * new apps.
   */
  readonly isLeft: boolean;
  /** Whether rows of other tenants hold the tenant's id as a text. */
  readonly isElsewhere: boolean;
  /** Whether the file was written anew, because it held the id where an older version of this program had deleted. */
  readonly isRewritten: boolean;
}

/** Milliseconds to wait for other programs that read or write the file. */
const patience = 10_000;
/** Milliseconds of it that SQLite itself waits, which keeps new writes out. No signal is heard in them. */
const timeout = 100;

/** Another program reads the log. SQLite tells it as a word of its response. */
class LogInUse extends Error {
  override readonly name = "LogInUse";
  readonly errcode: number = sqliteCodes.busy;
}

/**
 * Empties the write-ahead log of a store and looks whether its files still hold the id of a tenant that was erased. What
 * this version deletes is overwritten at once; where the id is found all the same, the file is written anew, and holds then
 * what is in rows and nothing else. Throws `UserError` for a fault of the file or the disk, and the signal's reason where it ends
 * the waiting for other programs.
 */
export async function cleanFile(file: string, tenantId: string, signal: AbortSignal): Promise<CleanFile> {
  try {
    await withStore(file, signal, (database) => emptyLog(database, signal));
    if (!(await hasText(file, tenantId))) return { isLeft: false, isElsewhere: false, isRewritten: false };
    await withStore(file, signal, async (database) => {
      await whenFree(() => database.exec("VACUUM"), { patience, signal });
      await emptyLog(database, signal);
    });
    const isElsewhere = await hasText(file, tenantId);
    const isLeft =
      isElsewhere &&
      (logBytes(file) > 0 || (await withStore(file, signal, (database) => hasRows(database, tenantId))));
    return { isLeft, isElsewhere: isElsewhere && !isLeft, isRewritten: true };
  } catch (error) {
    throw await storeFault(error, file, signal);
  }
}

/**
 * Does something with the store, which is closed again before its file is read in another way: who closes a file gives up all locks
 * of it, also those of SQLite, and another program could then take the log away.
 */
async function withStore<Result>(
  file: string,
  signal: AbortSignal,
  action: (database: DatabaseSync) => Result | Promise<Result>,
): Promise<Result> {
  using database = await whenFree(() => takeAndOpen(file, { timeout }), { patience, signal });
  return await action(database);
}

/** Moves the log into the file and cuts it, so that it keeps nothing either. A reader in between keeps it as it is. */
async function emptyLog(database: DatabaseSync, signal: AbortSignal): Promise<void> {
  try {
    await whenFree(
      () => {
        const result = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get() ?? {};
        if (wholeOf(result, "busy") !== 0) throw new LogInUse();
      },
      { patience, signal },
    );
  } catch (error) {
    if (!(error instanceof LogInUse)) throw error;
  }
}

/** Whether a tenant has a row. Every app has a change, and every change a feed. */
function hasRows(database: DatabaseSync, tenantId: string): boolean {
  return database.prepare("SELECT 1 FROM change_feed WHERE tenant_id = ?").get(tenantId) !== undefined;
}

/** The log goes first: who ends meanwhile moves it into the file, and removes it. */
async function hasText(file: string, text: string): Promise<boolean> {
  return (await holdsIfThere(logOf(file), text)) || holds(file, text);
}

async function holdsIfThere(file: string, text: string): Promise<boolean> {
  try {
    return await holds(file, text);
  } catch (error) {
    if (isAbsence(error)) return false;
    throw error;
  }
}

async function holds(file: string, text: string): Promise<boolean> {
  // It is closed when this is done; a stream would close it some time later.
  await using handle = await open(file);
  let rest = "";
  const chunks = handle.createReadStream({
    encoding: "latin1",
    highWaterMark: 1024 * 1024,
    autoClose: false,
  });
  for await (const chunk of chunks) {
    // A text may begin in one chunk and end in the next.
    const content = rest + String(chunk);
    if (content.includes(text)) return true;
    rest = content.slice(1 - text.length);
  }
  return false;
}
