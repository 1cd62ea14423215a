import type { Limits, Settings } from "./settings/settings.ts";
import { UserError } from "@install-summary/command-line/errors";
import { openSqliteStore } from "./store/sqlite/open-sqlite-store.ts";
import type { Store } from "./store/store.ts";

const sqlite = "sqlite:";

interface StoreSettings extends Pick<Settings, "store"> {
  readonly limits: Pick<Limits, "writes">;
}

/** Opens the store that the settings name. */
export async function openStore({ store, limits }: StoreSettings): Promise<Store> {
  if (!store.startsWith(sqlite)) throw new UserError("The store must be a URL of the form sqlite:FILE.");
  return openSqliteStore({ file: store.slice(sqlite.length), writes: limits.writes });
}
