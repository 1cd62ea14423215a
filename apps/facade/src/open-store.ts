import type { Limits, Settings } from "./settings/settings.ts";
import { openSqliteStore } from "./store/sqlite/open-sqlite-store.ts";
import type { Store } from "./store/store.ts";

interface StoreSettings extends Pick<Settings, "store"> {
  readonly limits: Pick<Limits, "writes">;
}

/** Opens the store that the settings name. */
export async function openStore({ store, limits }: StoreSettings): Promise<Store> {
  return openSqliteStore({ file: store.file, writes: limits.writes });
}
