import type { ImportingStore } from "@install-summary/core/service";
import type { OpenStoreOptions } from "../open-store.ts";
import type { Settings } from "../settings/settings.ts";
import { refuseMissingStore } from "../store/sqlite/refuse-lost-store.ts";
import { openSharedStore } from "./open-shared-store.ts";

/** Opens the store that the settings name, for work that has no use for a new one. Throws `UserError` where there is none. */
export async function openExistingStore(
  settings: Settings,
  options: Pick<OpenStoreOptions, "mayOnlyRead" | "onMoved"> = {},
): Promise<ImportingStore> {
  const { store } = settings;
  if (store.kind === "sqlite") refuseMissingStore(store.file);
  return openSharedStore(settings, { ...options, mustExist: true });
}
