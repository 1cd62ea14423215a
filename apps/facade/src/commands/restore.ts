import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { visibleText } from "@install-summary/core/text";
import { randomUUID } from "node:crypto";
import { prepareFolder } from "../data-folder/prepare-folder.ts";
import { takeLocks } from "../data-folder/take-locks.ts";
import { createLog } from "../log/log.ts";
import { resolvePath } from "../files/resolve-path.ts";
import { readSettings } from "../settings/read-settings.ts";
import type { Settings } from "../settings/settings.ts";
import type { ErasedTenants } from "../store/sqlite/draft-restore.ts";
import { checkBackup } from "../store/sqlite/open-backup.ts";
import { restoreStore, type RestoredStore, type RestoreOptions } from "../store/sqlite/restore-store.ts";
import type { CommandContext } from "./command-context.ts";
import { currentUser } from "./current-user.ts";
import { describeStore } from "./describe-store.ts";
import { describeContent } from "./describe-content.ts";
import type { SharedFlags } from "./setting-flags.ts";

/** The options as they were given. */
export interface RestoreFlags extends SharedFlags {
  readonly erased?: string;
}

/** Restores a backup while no facade serves, keeps what it replaces, and writes what was done as a line of the log. */
export async function restore(
  { env, folder, process, stopSignal, endWith }: CommandContext,
  { erased: named, ...flags }: RestoreFlags,
  file: string,
): Promise<void> {
  const erased = parseErased(named);
  const settings = readSettings({ options: flags, env, folder });
  const source = resolvePath(folder, file);
  const signal = stopSignal();
  const by = { time: new Date().toISOString(), actor: currentUser() ?? "restore", requestId: randomUUID() };
  // Without a backup no data folder is made.
  await checkBackup(source, signal);
  prepareFolder(settings.data);
  const restored = await restoreInto(settings, { source, erased, by, signal });
  const { replaced, backup } = restored;
  const { tenants, apps, changes } = backup;
  const name = describeStore(settings.store);
  createLog(settings, process.stdout).info(
    { store: name, from: source, replaced, tenants, apps, changes, user: currentUser() },
    "store restored",
  );
  if (restored.unsynced !== undefined) endWith(exitCodes.unavailable);
  for (const line of describeRestored(name, source, restored, erased)) process.stdout.write(`${line}\n`);
}

async function restoreInto(
  { data, store, storePooled: isPooled }: Settings,
  options: Omit<RestoreOptions, "file">,
): Promise<RestoredStore> {
  if (store.kind === "postgres") {
    // Loaded on demand: most have no use for the driver.
    const { restoreToPostgres } = await import("../restore-to-postgres.ts");
    const report = await restoreToPostgres({ ...options, location: store, isPooled, scratch: data });
    return { ...report, replaced: undefined, isKnown: false, unsynced: undefined };
  }
  const { file } = store;
  const release = await takeLocks({ data, file, onLost: () => undefined });
  try {
    return await restoreStore({ ...options, file });
  } finally {
    release();
  }
}

function parseErased(text: string | undefined): ErasedTenants | undefined {
  if (text === undefined || text === "leave-out" || text === "bring-back") return text;
  throw new UserError(`--erased must be leave-out or bring-back; got "${visibleText(text, 64)}".`);
}

function* describeRestored(
  name: string,
  source: string,
  { backup, leftOut, wasRestored, replaced, isKnown, unsynced }: RestoredStore,
  erased: ErasedTenants | undefined,
): Generator<string> {
  yield `The store ${name} is restored from ${source}: ${describeContent(backup)}.`;
  if (leftOut.length > 0) {
    const done = wasRestored ? "erased, or taken out by an earlier restore," : "erased";
    yield `Left out, because they were ${done} after the backup was made: ${leftOut.join(", ")}.`;
  }
  if (leftOut.length === 0 && erased === "leave-out")
    yield "--erased leave-out left nothing out: every tenant of the backup was restored.";
  if (replaced !== undefined)
    yield `The store that was there is ${replaced} now. Delete it when you no longer need it.`;
  if (unsynced !== undefined) {
    yield `Its folder ${unsynced}. After a crash of this machine the store that was there may be back: look with doctor, and restore again then.`;
  }
  if (!isKnown) {
    yield "What was erased after the backup was made is not known here. If a tenant was, erase it again.";
  }
  yield "A change with an ETag from before is refused with 412: its sender reads again, and then it goes through.";
}
