import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { isStoreServed } from "../data-folder/take-locks.ts";
import { resolvePath } from "../files/resolve-path.ts";
import { readSettings } from "../settings/read-settings.ts";
import { formatStoreLocation, type StoreLocation } from "../store/location.ts";
import { backupStore } from "../store/sqlite/backup-store.ts";
import type { CommandContext } from "./command-context.ts";
import { describeContent } from "./describe-content.ts";
import { describeUnproven } from "./describe-unproven.ts";
import { ownFiles } from "./own-files.ts";
import type { SharedFlags } from "./setting-flags.ts";

/** The options as they were given. */
export interface BackupFlags extends SharedFlags {
  readonly replace?: boolean;
}

/** Copies the store into a file, checks the copy, and prints what is in it. */
export async function backup(
  { env, folder, process, stopSignal, endWith }: CommandContext,
  { replace = false, ...flags }: BackupFlags,
  file: string,
): Promise<void> {
  const settings = readSettings({ options: flags, env, folder });
  const { store } = settings;
  if (file === "-") throw new UserError("A backup is written to a file. Name one.", { argument: file });
  const target = resolvePath(folder, file);
  if (store.kind === "postgres") throw copiedByItsServer(store, target);
  const { file: from } = store;
  const mustProve = !isStoreServed(from);
  const keep = ownFiles(settings, flags, folder);
  const report = await backupStore({ file: from, target, replace, keep, mustProve, signal: stopSignal() });
  process.stdout.write(`The backup ${target} is whole: ${describeContent(report)}.\n`);
  if (report.unsynced !== undefined) {
    endWith(exitCodes.unavailable);
    process.stdout.write(
      `Its folder ${report.unsynced}. After a crash of this machine it may be gone, and a file that it replaced back: make it again where the disk is sound.\n`,
    );
  }
  if (report.unproven !== undefined) {
    process.stdout.write(`${describeUnproven(from, report.unproven, "backup")}\n`);
  }
  if (report.isOlder) {
    process.stdout.write(
      "It was written by an older version, whose change log is checked when it is restored or served.\n",
    );
  }
}

function copiedByItsServer(store: StoreLocation, target: string): UserError {
  return new UserError(
    "The store is in PostgreSQL, and backup copies a store in a file. Copy it with pg_dump:",
    {
      help: [`pg_dump --format=custom --file="${target}" "${formatStoreLocation(store)}"`],
    },
  );
}
