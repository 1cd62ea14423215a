import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { join } from "node:path";
import { makeDraft } from "./files/draft-file.ts";
import { openExistingDatabase } from "./files/existing-database.ts";
import { startFault } from "./files/file-fault.ts";
import { untilStopped } from "./files/until-stopped.ts";
import { checkFillable, fillStore } from "./store/postgres/fill-store.ts";
import { inspectDatabase } from "./store/postgres/inspect-database.ts";
import type { PostgresLocation } from "./store/postgres-location.ts";
import { draftRestore, type RestoreDraftOptions, type RestoreReport } from "./store/sqlite/draft-restore.ts";
import { readParts } from "./store/sqlite/read-parts.ts";

/** What is restored into which empty database. */
export interface RestoreToPostgresOptions extends Pick<RestoreDraftOptions, "source" | "by" | "signal"> {
  readonly location: PostgresLocation;
  /** Whether a pooler in front of the server gives each transaction another session. @default false */
  readonly isPooled?: boolean;
  /** A folder with room for a copy of the backup. */
  readonly scratch: string;
}

/**
 * Restores a backup of a SQLite store into an empty database of PostgreSQL, with versions and the change log: the way from
 * one machine to many. Throws `UserError`; the database is then as empty as it was.
 */
export async function restoreToPostgres({
  location,
  isPooled = false,
  scratch,
  ...options
}: RestoreToPostgresOptions): Promise<RestoreReport> {
  // The backup is checked for as long as it is large, so what cannot come of it is told before.
  await untilStopped(checkFillable({ location, isPooled }), options.signal);
  using draft = makeDraft(join(scratch, "restore.db"));
  const report = await draftRestore({
    ...options,
    draft: draft.path,
    replaced: undefined,
    erased: undefined,
  }).catch((error: unknown) => {
    throw startFault(`The copy of the backup in ${scratch}`, error);
  });
  using database = openExistingDatabase(draft.path, { readOnly: true });
  await fillStore(readParts(database), { location, isPooled, signal: options.signal });
  const { faults, faultCount } = await inspectDatabase(location, isPooled);
  if (faultCount === 0) return report;
  throw new UserError(
    [`The database ${location.database} does not hold what was written into it. Drop it.`, ...faults].join(
      "\n",
    ),
    { exit: exitCodes.unavailable },
  );
}
