import type { ImportingStore } from "@install-summary/core/service";
import { isStoreServed } from "../data-folder/take-locks.ts";
import { hasWritableFolder, watchImmutable } from "../files/existing-database.ts";
import { isThere } from "../files/look.ts";
import type { Settings } from "../settings/settings.ts";
import { proveLogToRead } from "../store/sqlite/prove-log.ts";
import { openExistingStore } from "./open-existing-store.ts";

/** A store that is only read. */
export interface StoreToRead {
  readonly store: ImportingStore;
  /** Why it is not known whether all its commits are on its disk, as `BackupReport` has it. */
  readonly unproven: string | undefined;
  /** Throws `UserError` where it is not known that all that was read is of one store. */
  readonly checkUnchanged: () => void;
}

/**
 * Opens the store that the settings name for work that only reads, as on a disk that is read-only. Throws `UserError` where
 * there is none, or where it cannot be read.
 */
export async function openStoreToRead(settings: Settings): Promise<StoreToRead> {
  await using opened = new AsyncDisposableStack();
  const location = settings.store;
  const checkUnchanged =
    location.kind === "sqlite" && isThere(location.file) ? watchImmutable(location.file) : () => undefined;
  const store = await openExistingStore(settings, { mayOnlyRead: true });
  opened.defer(() => store.close());
  // One that can be written has proven its log when it was opened.
  const mayLack =
    location.kind === "sqlite" && !hasWritableFolder(location.file) && !isStoreServed(location.file);
  const unproven = mayLack ? proveLogToRead(location.file) : undefined;
  opened.move();
  return { store, unproven, checkUnchanged };
}
