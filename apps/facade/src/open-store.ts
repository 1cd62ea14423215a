import type { Limits, Settings } from "./settings/settings.ts";
import { openSqliteStore, type SqliteStoreOptions } from "./store/sqlite/open-sqlite-store.ts";
import type { ImportingStore } from "@install-summary/core/service";

export type { ImportingStore, ImportingTenantStore } from "@install-summary/core/service";

interface StoreSettings extends Pick<Settings, "store"> {
  readonly limits: Pick<Limits, "writes">;
}

/** Opens the store that the settings name. Throws `UserError` where that cannot be done. */
export async function openStore(
  { store, limits }: StoreSettings,
  watching: Pick<SqliteStoreOptions, "onMoved" | "onCommit"> = {},
): Promise<ImportingStore> {
  return openSqliteStore({ file: store.file, maxWaiting: limits.writes, ...watching });
}
