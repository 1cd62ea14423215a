import { formatStoreLocation, type StoreLocation } from "../store/location.ts";

/** What a store is called in a message: its file, or its URL without a password. */
export function describeStore(store: StoreLocation): string {
  return store.kind === "sqlite" ? store.file : formatStoreLocation(store);
}
