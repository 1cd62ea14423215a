import type { ReportRow } from "@install-summary/core/report";
import { randomUUID } from "node:crypto";
import { closeSync, openSync, rmSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describeFault } from "../files/file-fault.ts";
import { unavailable } from "@install-summary/core/service";
import { groupByApp, type StagedApp } from "./group-by-app.ts";

/** Holds the rows of a report on disk until all of them are read, and hands them out app by app. */
export interface ReportStaging {
  /** Throws a 503 when the disk is full. */
  add(appId: string, row: ReportRow): void;
  /** Every app in the order of the ids, with what its rows say. */
  readApps(): AsyncGenerator<StagedApp, undefined>;
  /** The number of apps, which takes a pass over all of them. */
  countApps(): number;
  close(): void;
}

/**
 * Opens a staging in a file of its own, which is gone when it is closed or its process ends. Throws a 503 where the
 * folder or its disk cannot hold it.
 */
export function openStaging(folder: string): ReportStaging {
  const file = join(folder, `import-${randomUUID()}.db`);
  let opened: DatabaseSync | undefined;
  const close = (): void => {
    opened?.close();
    rmSync(file, { force: true });
  };
  try {
    closeSync(openSync(file, "wx", 0o600));
    // A scratch file need not outlive anything: without a journal, which a defensive database insists on, it is one
    // file. The order comes from an index, since a sort of a large report would spill into the system's own folder.
    opened = new DatabaseSync(file, { defensive: false });
    // Without its name the file goes with its process, however that ends. Windows keeps open files.
    if (platform() !== "win32") rmSync(file);
    return stageIn(opened, close);
  } catch (error) {
    close();
    throw stagingFault(error, " Nothing was imported.");
  }
}

function stageIn(database: DatabaseSync, close: () => void): ReportStaging {
  database.exec(
    `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
     PRAGMA cache_size = -32000;
     CREATE TABLE staged (
       app_id TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, row TEXT NOT NULL
     ) STRICT;
     CREATE INDEX staged_by_app ON staged (app_id);
     BEGIN`,
  );
  const insert = database.prepare("INSERT INTO staged (app_id, file, line, row) VALUES (?, ?, ?, ?)");
  const select = database.prepare("SELECT app_id, file, line, row FROM staged ORDER BY app_id, rowid");
  const count = database.prepare("SELECT count(DISTINCT app_id) AS apps FROM staged");
  return {
    add(appId, { line, file: number = 0, ...row }) {
      try {
        insert.run(appId, number, line, JSON.stringify(row));
      } catch (error) {
        throw stagingFault(error, " Nothing was imported.");
      }
    },
    readApps: () => groupByApp(stagedRows()),
    countApps: () => Number(count.get()?.["apps"]),
    close,
  };

  function* stagedRows() {
    try {
      for (const { app_id: id, file: number, line, row: text } of select.iterate()) {
        yield { appId: String(id), file: Number(number), line: Number(line), text: String(text) };
      }
    } catch (error) {
      throw stagingFault(error);
    }
  }
}

function stagingFault(error: unknown, outcome = ""): unknown {
  const fault = describeFault(error);
  if (fault === undefined) return error;
  return unavailable(`The scratch file of the import ${fault}.${outcome}`, 30, error);
}
