import { UserError } from "@install-summary/command-line/errors";
import { visibleText } from "@install-summary/core/text";
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { prepareFolder } from "../data-folder/prepare-folder.ts";
import { takeLocks } from "../data-folder/take-locks.ts";
import { createLog } from "../log/log.ts";
import { readSettings } from "../settings/read-settings.ts";
import type { ErasedTenants } from "../store/sqlite/draft-restore.ts";
import { restoreStore, type RestoredStore } from "../store/sqlite/restore-store.ts";
import type { CommandContext } from "./command-context.ts";
import { currentUser } from "./current-user.ts";
import { describeContent } from "./describe-content.ts";
import type { SharedFlags } from "./setting-flags.ts";

/** The options as they were given. */
export interface RestoreFlags extends SharedFlags {
  readonly erased?: string;
}

/** Restores a backup while no facade serves, keeps what it replaces, and writes what was done as a line of the log. */
export async function restore(
  { env, folder, process, stopSignal }: CommandContext,
  { erased: named, ...flags }: RestoreFlags,
  file: string,
): Promise<void> {
  const erased = parseErased(named);
  const settings = readSettings({ options: flags, env, folder });
  const { data, store } = settings;
  if (store.kind === "postgres") {
    throw new UserError(
      `restore puts back a store in a file. Put a copy of the database ${store.database} back with pg_restore.`,
    );
  }
  const source = resolve(folder, file);
  const signal = stopSignal();
  prepareFolder(data);
  const release = await takeLocks({ data, file: store.file, onLost: () => undefined });
  try {
    const by = {
      time: new Date().toISOString(),
      actor: currentUser() ?? "restore",
      requestId: randomUUID(),
    };
    const restored = await restoreStore({ file: store.file, source, erased, by, signal });
    const { replaced, backup } = restored;
    const { tenants, apps, changes } = backup;
    const log = createLog(settings, process.stdout);
    log.info(
      { store: store.file, from: source, replaced, tenants, apps, changes, user: currentUser() },
      "store restored",
    );
    for (const line of describeRestored(store.file, source, restored)) process.stdout.write(`${line}\n`);
  } finally {
    release();
  }
}

function parseErased(text: string | undefined): ErasedTenants | undefined {
  if (text === undefined || text === "leave-out" || text === "bring-back") return text;
  throw new UserError(`--erased must be leave-out or bring-back; got "${visibleText(text, 64)}".`);
}

function* describeRestored(
  file: string,
  source: string,
  { backup, leftOut, replaced, isKnown }: RestoredStore,
): Generator<string> {
  yield `The store ${file} is restored from ${source}: ${describeContent(backup)}.`;
  if (leftOut.length > 0)
    yield `Left out, because they were erased after the backup was made: ${leftOut.join(", ")}.`;
  if (replaced !== undefined)
    yield `The store that was there is ${replaced} now. Delete it when you no longer need it.`;
  if (!isKnown) {
    yield "What was erased after the backup was made is not known here. If a tenant was, erase it again.";
  }
  yield "Versions and cursors of before fit no more: callers read again, and their next change goes through.";
}
