import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test, vi } from "vitest";
import { openStoreToRead } from "../src/commands/open-store-to-read.ts";
import { readSettings } from "../src/settings/read-settings.ts";
import { addApps, sampleApp } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

// The superuser, as which tests may run, can write everywhere.
vi.mock(import("../src/files/existing-database.ts"), async (original) => ({
  ...(await original()),
  hasWritableFolder: () => false,
}));
vi.mock(import("../src/store/sqlite/prove-log.ts"), async (original) => ({
  ...(await original()),
  proveLogToRead: () => {
    throw new Error("the disk fails");
  },
}));

test("a store is closed whose log cannot be looked at", async () => {
  const folder = temporaryFolder();
  const data = join(folder, ".data");
  mkdirSync(data, { mode: 0o700 });
  const file = join(data, "install-summary.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await store.close();
  const opening = openStoreToRead(readSettings({ folder, env: {}, options: {} }));
  await expect(opening).rejects.toThrow("the disk fails");
  using other = new DatabaseSync(file, { timeout: 0 });
  // SQLite leaves its write-ahead log only where no other connection is open.
  expect(other.prepare("PRAGMA journal_mode = DELETE").get()).toEqual({ journal_mode: "delete" });
});
