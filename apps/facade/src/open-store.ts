import type { Limits, Settings } from "./settings/settings.ts";
import { openSqliteStore, type SqliteStoreOptions } from "./store/sqlite/open-sqlite-store.ts";
import type { ImportingStore } from "@install-summary/core/service";

export { parseStoreLocation } from "./store/location.ts";
export type { ImportingStore, ImportingTenantStore } from "@install-summary/core/service";

interface StoreSettings extends Pick<Settings, "store">, Partial<Pick<Settings, "storePooled">> {
  readonly limits: Pick<Limits, "writes"> & Partial<Pick<Limits, "storeConnections">>;
}

/** How a store is opened. */
export interface OpenStoreOptions extends Pick<
  SqliteStoreOptions,
  "mustProve" | "mayOnlyRead" | "onMoved" | "onCommit" | "turns"
> {
  /** Whether an empty database of PostgreSQL is refused, instead of made a store. @default false */
  readonly mustExist?: boolean;
}

/** Opens the store that the settings name. Throws `UserError` where that cannot be done. */
export async function openStore(
  { store, storePooled, limits }: StoreSettings,
  { mustProve, mayOnlyRead, onMoved, onCommit, turns, mustExist = false }: OpenStoreOptions = {},
): Promise<ImportingStore> {
  const maxWaiting = limits.writes;
  if (store.kind === "sqlite") {
    return openSqliteStore({
      file: store.file,
      mustProve,
      mayOnlyRead,
      maxWaiting,
      onMoved,
      onCommit,
      turns,
    });
  }
  // Loaded on demand: most have no use for the driver.
  const { openPostgresStore } = await import("./store/postgres/open-postgres-store.ts");
  return openPostgresStore({
    location: store,
    ...(limits.storeConnections !== undefined && { maxConnections: limits.storeConnections }),
    ...(storePooled !== undefined && { isPooled: storePooled }),
    mustExist,
    maxWaiting,
    onCommit,
  });
}
