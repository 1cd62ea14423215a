import { copyFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { backupStore } from "../src/store/sqlite/backup-store.ts";
import { cleanFile } from "../src/store/sqlite/clean-file.ts";
import { holdStore } from "../src/store/sqlite/hold-store.ts";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { readBackup } from "../src/store/sqlite/open-backup.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { restoreStore } from "../src/store/sqlite/restore-store.ts";
import { atMoment } from "./moments.ts";
import { addApps, otherTenantId, sampleApp } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

const { signal } = new AbortController();
const by = { time: "2026-11-27T08:50:45.379Z", actor: "ada", requestId: "request-1" };

/** How another program has a store open. Each has a log with what is not in the file yet. */
const uses: Readonly<Record<string, string>> = {
  "has open": "SELECT 1",
  writes: "BEGIN IMMEDIATE; UPDATE change_feed SET last = last",
  reads: "BEGIN; SELECT * FROM change_feed",
  locks: "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT",
};

/** What waits for a store to be let go. */
const ways: Readonly<Record<string, (file: string) => unknown>> = {
  "a start": async (file) => (await openSqliteStore({ file })).close(),
  "a check": inspectStore,
  "a restore": async (file) => (await holdStore(file, signal))[Symbol.dispose](),
  "its reading as a backup": (file) =>
    readBackup(file, (database) => database.prepare("SELECT 1").get(), signal),
  "an erasure": (file) => cleanFile(file, otherTenantId, signal),
};

async function makeStore(): Promise<string> {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await store.close();
  return file;
}

function hold(file: string, sql: string): DatabaseSync {
  const other = new DatabaseSync(file);
  onTestFinished(() => other[Symbol.dispose]());
  other.exec(`UPDATE change_feed SET last = last; ${sql}`);
  return other;
}

test.each(Object.keys(uses).flatMap((use) => Object.keys(ways).map((way) => ({ use, way }))))(
  "a store that another program $use, and lets go in any moment of $way, is opened all the same",
  { timeout: 120_000 },
  async ({ use, way }) => {
    const made = await makeStore();
    for (let moment = 1; moment <= 20; moment += 1) {
      const file = `${made}.${moment}`;
      copyFileSync(made, file);
      const other = hold(file, uses[use] ?? "");
      const end = await atMoment(
        moment,
        () => other.close(),
        () => ways[way]?.(file),
      );
      expect({ moment, ...end }).toMatchObject({ moment, isDone: true });
      if (!end.isReached) break;
      expect(await inspectStore(file)).toMatchObject({ faults: [], apps: 1 });
    }
  },
);

test("a store that is let go after the first try of a restore is replaced", async () => {
  const file = await makeStore();
  const source = `${file}.backup`;
  await backupStore({ file, target: source, replace: false, signal });
  const other = hold(file, uses["writes"] ?? "");
  const restore = restoreStore({ file, source, erased: undefined, by, signal });
  // It was refused by then, and waits.
  other.close();
  expect(await restore).toMatchObject({ isKnown: true });
  expect(await inspectStore(file)).toMatchObject({ faults: [], changes: 2 });
});

test("a damaged store that takes hours to read keeps no signal from a restore, or from a check of a backup", async () => {
  const file = join(temporaryFolder(), "store.db");
  writeFileSync(file, "no database".repeat(100));
  truncateSync(file, 2 ** 40);
  for (const work of [
    (stop: AbortSignal) => holdStore(file, stop),
    (stop: AbortSignal) => readBackup(file, () => undefined, stop),
  ]) {
    const stop = new AbortController();
    const reason = new Error("stopped");
    const working = work(stop.signal);
    await setImmediate();
    stop.abort(reason);
    await expect(working).rejects.toBe(reason);
  }
});
