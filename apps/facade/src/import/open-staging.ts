import type { ReportRow } from "@install-summary/core/report";
import { randomUUID } from "node:crypto";
import { closeSync, openSync, rmSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The rows of a report about one app; more than one is a fault. */
export interface StagedRows {
  readonly appId: string;
  readonly rows: readonly ReportRow[];
}

/** Holds the rows of a report on disk until all of them are read, and hands them out app by app. */
export interface Staging {
  add(appId: string, row: ReportRow): void;
  /** Every app in the order of the ids, each with its rows in the order of the file. */
  readApps(): Generator<StagedRows>;
  close(): void;
}

/** Opens a staging in a file of its own, which is gone when it is closed or its process ends. */
export function openStaging(folder: string): Staging {
  const file = join(folder, `import-${randomUUID()}.db`);
  closeSync(openSync(file, "wx", 0o600));
  // A scratch file need not outlive anything: without a journal, which a defensive database insists on, it is one
  // file. The order comes from an index, since a sort of a large report would spill into the system's own folder.
  const database = new DatabaseSync(file, { defensive: false });
  database.exec(
    `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
     PRAGMA cache_size = -32000;
     CREATE TABLE staged (app_id TEXT NOT NULL, row TEXT NOT NULL) STRICT;
     CREATE INDEX staged_by_app ON staged (app_id);
     BEGIN`,
  );
  // Without its name the file goes with its process, however that ends. Windows keeps open files.
  if (platform() !== "win32") rmSync(file);
  const insert = database.prepare("INSERT INTO staged (app_id, row) VALUES (?, ?)");
  const select = database.prepare("SELECT app_id, row FROM staged ORDER BY app_id, rowid");
  return {
    add(appId, row) {
      insert.run(appId, JSON.stringify(row));
    },
    *readApps() {
      let staged: { appId: string; rows: ReportRow[] } | undefined;
      for (const { app_id: id, row: text } of select.iterate()) {
        const appId = String(id);
        const row: ReportRow = JSON.parse(String(text));
        if (staged?.appId === appId) staged.rows.push(row);
        else {
          if (staged !== undefined) yield staged;
          staged = { appId, rows: [row] };
        }
      }
      if (staged !== undefined) yield staged;
    },
    close() {
      database.close();
      rmSync(file, { force: true });
    },
  };
}
