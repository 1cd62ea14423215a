import { createReadStream, existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { openExistingDatabase } from "../../files/existing-database.ts";
import { startFault } from "../../files/file-fault.ts";

/** What a store's files hold of a tenant after it was erased. */
export interface CleanFile {
  /** In how many places they hold the tenant's id. */
  readonly traces: number;
  /** Whether the file was written anew, because it held the id where an older version of this program had deleted. */
  readonly isRewritten: boolean;
}

/** Milliseconds to wait for other programs that read or write the file. */
const patience = 10_000;

/**
 * Empties the write-ahead log of a store and looks whether its files still hold the id of a tenant that was erased. What
 * this version deletes is overwritten at once; where the id is found all the same, the file is written anew. Throws
 * `UserError` for a fault of the file or the disk.
 */
export async function cleanFile(file: string, tenantId: string): Promise<CleanFile> {
  try {
    using database = openExistingDatabase(file, { timeout: patience });
    emptyLog(database);
    const traces = await countTraces(file, tenantId);
    if (traces === 0) return { traces, isRewritten: false };
    database.exec("VACUUM");
    emptyLog(database);
    return { traces: await countTraces(file, tenantId), isRewritten: true };
  } catch (error) {
    throw startFault(`The store ${file}`, error);
  }
}

/** Moves the log into the file and cuts it, so that it keeps nothing either. A reader in between keeps it as it is. */
function emptyLog(database: DatabaseSync): void {
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

async function countTraces(file: string, tenantId: string): Promise<number> {
  let traces = 0;
  for (const part of [file, `${file}-wal`]) {
    if (existsSync(part)) traces += await countIn(part, tenantId);
  }
  return traces;
}

/** How often a file holds a text. */
async function countIn(file: string, text: string): Promise<number> {
  let count = 0;
  let rest = "";
  for await (const chunk of createReadStream(file, { encoding: "latin1", highWaterMark: 1024 * 1024 })) {
    // A text may begin in one chunk and end in the next.
    const content = rest + String(chunk);
    for (let at = content.indexOf(text); at !== -1; at = content.indexOf(text, at + text.length)) count += 1;
    rest = content.slice(1 - text.length);
  }
  return count;
}
