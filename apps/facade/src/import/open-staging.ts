import type { ReportRow } from "@install-summary/core/report";
import { closeSync, openSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describeFault } from "../files/file-fault.ts";
import { stagingName } from "../files/folder-files.ts";
import { removeFile, tryToRemove } from "../files/remove-file.ts";
import { scratchFault } from "../files/sqlite-codes.ts";
import { unavailable } from "@install-summary/core/service";
import { groupByApp, type StagedApp } from "./group-by-app.ts";
import { openRuns } from "./staged-runs.ts";

/** Holds the rows of a report on disk until all of them are read, and hands them out app by app. */
export interface ReportStaging {
  /** Throws a 503 when the disk is full. */
  add(appId: string, row: ReportRow): void;
  /** Every app in the order of the ids, with what its rows say. Called once, after all rows. */
  readApps(): AsyncGenerator<StagedApp, undefined>;
  close(): void;
}

/**
 * Opens a staging in a file of its own, which is gone when it is closed or its process ends. Throws a 503 where the
 * folder or its disk cannot hold it.
 */
export function openStaging(folder: string): ReportStaging {
  const file = join(folder, stagingName());
  let opened: DatabaseSync | undefined;
  const close = (): void => {
    opened?.close();
    tryToRemove(file);
  };
  try {
    closeSync(openSync(file, "wx", 0o600));
    // A scratch file need not outlive anything: without a journal, which a defensive database insists on, it is one file.
    opened = new DatabaseSync(file, { defensive: false });
    // Without its name the file goes with its process, however that ends. Windows keeps open files.
    if (platform() !== "win32") removeFile(file);
    return stageIn(opened, close);
  } catch (error) {
    close();
    throw stagingFault(error, " Nothing was imported.");
  }
}

function stageIn(database: DatabaseSync, close: () => void): ReportStaging {
  const runs = openRuns(database);
  return {
    add(appId, { line, file = 0, ...row }) {
      try {
        runs.add({ appId, file, line, text: JSON.stringify(row) });
      } catch (error) {
        // Who reads the files says that nothing is in, whatever the reading fails with.
        throw stagingFault(error);
      }
    },
    async *readApps() {
      try {
        await runs.end();
      } catch (error) {
        throw stagingFault(error, " Nothing was imported.");
      }
      try {
        yield* groupByApp(runs.read());
      } catch (error) {
        throw stagingFault(error);
      }
      return undefined;
    },
    close,
  };
}

function stagingFault(error: unknown, outcome = ""): unknown {
  const fault = describeFault(scratchFault(error));
  if (fault === undefined) return error;
  return unavailable(`The scratch file of the import ${fault}.${outcome}`, 30, error);
}
