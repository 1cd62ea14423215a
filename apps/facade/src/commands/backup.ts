import { UserError } from "@install-summary/command-line/errors";
import { resolve } from "node:path";
import { readSettings } from "../settings/read-settings.ts";
import { backupStore } from "../store/sqlite/backup-store.ts";
import type { CommandContext } from "./command-context.ts";
import { describeContent } from "./describe-content.ts";
import type { SharedFlags } from "./setting-flags.ts";

/** The options as they were given. */
export interface BackupFlags extends SharedFlags {
  readonly replace?: boolean;
}

/** Copies the store into a file, checks the copy, and prints what is in it. */
export async function backup(
  { env, folder, process, stopSignal }: CommandContext,
  { replace = false, ...flags }: BackupFlags,
  file: string,
): Promise<void> {
  const { store } = readSettings({ options: flags, env, folder });
  if (file === "-") throw new UserError("A backup is written to a file. Name one.", { argument: file });
  if (store.kind === "postgres") {
    throw new UserError(
      `backup copies a store in a file. Copy the database ${store.database} with pg_dump, while facades serve it or while none does.`,
    );
  }
  const target = resolve(folder, file);
  const report = await backupStore({ file: store.file, target, replace, signal: stopSignal() });
  process.stdout.write(`The backup ${target} is whole: ${describeContent(report)}.\n`);
  if (report.isOlder) {
    process.stdout.write(
      "It was written by an older version, whose change log is checked when it is restored or served.\n",
    );
  }
}
