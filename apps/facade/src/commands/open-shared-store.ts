import type { ImportingStore } from "@install-summary/core/service";
import { isStoreServed } from "../data-folder/take-locks.ts";
import { openStore, type OpenStoreOptions } from "../open-store.ts";
import type { Settings } from "../settings/settings.ts";

/** Opens the store that the settings name, which a facade may serve meanwhile. Throws `UserError` where that cannot be done. */
export async function openSharedStore(
  settings: Settings,
  options: Omit<OpenStoreOptions, "mustProve"> = {},
): Promise<ImportingStore> {
  const { store } = settings;
  const isServed = store.kind === "sqlite" && isStoreServed(store.file);
  return openStore(settings, { ...options, mustProve: !isServed });
}
