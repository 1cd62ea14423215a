import type { DatabaseSync } from "node:sqlite";
import type { StagedRow } from "./group-by-app.ts";
import { mergeRuns } from "./merge-runs.ts";

/** Orders rows by their apps on disk: each run is sorted in memory and appended, and reading merges them. */
export interface StagedRuns {
  /** Adds a row, and writes as much of the run before it as this row is of its own. */
  add(row: StagedRow): void;
  /** Writes what is left, and lets other requests have their turn. */
  end(): Promise<void>;
  /** Every row in the order of the apps, and those of one app in the order in which they were added. */
  read(): Iterable<StagedRow>;
}

/** A run ends at so many rows or so many characters. Two runs are held in memory: one that grows, and one that is written. */
const maxRows = 5000;
const maxLength = 2 * 1024 * 1024;

/** How many rows are written at once, at the end. */
const turn = 500;

/** Makes the runs in an empty scratch database. An index would write to a page at random for each row, and read one. */
export function openRuns(database: DatabaseSync): StagedRuns {
  database.exec(
    `PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
     PRAGMA cache_size = -16000;
     CREATE TABLE staged (
       app_id TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, row TEXT NOT NULL
     ) STRICT;
     BEGIN`,
  );
  const insert = database.prepare("INSERT INTO staged (app_id, file, line, row) VALUES (?, ?, ?, ?)");
  /** How many rows are in the runs before each run, and in all of them. */
  const ends = [0];
  let rows: StagedRow[] = [];
  let length = 0;
  let sorted: readonly StagedRow[] = [];
  let written = 0;

  const writeTo = (count: number): void => {
    const from = written;
    written = Math.max(from, Math.min(count, sorted.length));
    for (const { appId, file, line, text } of sorted.slice(from, written))
      insert.run(appId, file, line, text);
  };

  const endRun = (): void => {
    sorted = rows.toSorted(byApp);
    written = 0;
    ends.push((ends.at(-1) ?? 0) + sorted.length);
    rows = [];
    length = 0;
  };

  const writeRest = async (): Promise<void> => {
    while (written < sorted.length) {
      writeTo(written + turn);
      await new Promise(setImmediate);
    }
  };

  return {
    add(row) {
      rows.push(row);
      length += row.text.length;
      // A run that is written in one go would hold up all other requests.
      const share = Math.max(rows.length / maxRows, length / maxLength);
      writeTo(Math.ceil(share * sorted.length));
      if (share >= 1) endRun();
    },
    async end() {
      await writeRest();
      endRun();
      await writeRest();
    },
    read: () =>
      mergeRuns(
        ends.slice(1).map((last, run) => readRun(database, ends[run] ?? 0, last)),
        byApp,
      ),
  };
}

function* readRun(database: DatabaseSync, before: number, last: number): Generator<StagedRow, undefined> {
  const select = database.prepare(
    "SELECT app_id, file, line, row FROM staged WHERE rowid > ? AND rowid <= ? ORDER BY rowid",
  );
  select.setReturnArrays(true);
  for (const { 0: appId, 1: file, 2: line, 3: text } of select.iterate(before, last)) {
    yield { appId: String(appId), file: Number(file), line: Number(line), text: String(text) };
  }
  return undefined;
}

function byApp(one: StagedRow, other: StagedRow): number {
  if (one.appId === other.appId) return 0;
  return one.appId < other.appId ? -1 : 1;
}
