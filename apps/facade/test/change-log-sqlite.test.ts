import type { ChangeQuery } from "@install-summary/core/service";
import { join } from "node:path";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { expect, onTestFinished, test, vi } from "vitest";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { createLoopTurns } from "../src/shares/loop-turns.ts";
import { testChangeLog } from "./change-log-conformance.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp, tenantId } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

testChangeLog({
  name: "SQLite",
  create() {
    const file = join(temporaryFolder(), "store.db");
    return () => openSqliteStore({ file });
  },
});

test("a page is read at one moment, whatever another process removes meanwhile", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  for (let at = 0; at < 4; at += 1) await openTenant(store).update(appId, incrementing, request);
  using other = new DatabaseSync(file);
  const method = "get";
  const original = StatementSync.prototype[method];
  const spy = vi.spyOn(StatementSync.prototype, method).mockImplementation(function removeAfterwards(
    this: StatementSync,
    ...values
  ) {
    const row = Reflect.apply(original, this, values);
    if (!this.sourceSQL.startsWith("SELECT last, removed")) return row;
    other.exec(`BEGIN; UPDATE change_feed SET removed = 3;
      DELETE FROM install_summary_change WHERE sequence <= 3; COMMIT`);
    return row;
  });
  const during = await openTenant(store).readChanges({ order: "asc", top: 9, after: 0 });
  spy.mockRestore();
  expect(during.changes.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  const later = await openTenant(store).readChanges({ order: "asc", top: 9, after: 0 });
  expect(later).toMatchObject({ changes: [{ sequence: 4 }, { sequence: 5 }], hasGap: true });
});

test("what may read all of an app's history leaves the server's thread, as a caller who has gone shows", async () => {
  const store = await openTestStore({ file: join(temporaryFolder(), "store.db") });
  await addApps(store, [sampleApp()]);
  const gone = store.open({
    tenantId,
    actor: "developer",
    origin: "api",
    abandoned: () => AbortSignal.abort(),
  });
  expect(await gone.readChanges({ order: "desc", top: 1, appId })).toMatchObject({ changes: [{ appId }] });
  // The cursor may be that of another app.
  await expect(gone.readChanges({ order: "desc", top: 1, appId, after: 1 })).rejects.toMatchObject({
    message: "The caller went away before the response was ready.",
  });
});

test("a turn of the event loop reads as many pages as it has time for, however many read one after the other, so that others are served in between", async () => {
  let time = 0;
  // Each page takes as long as a turn may.
  const turns = createLoopTurns({ turnMs: 2, now: () => (time += 1) });
  const store = await openTestStore({ turns });
  await addApps(store, [sampleApp()]);
  const tenant = openTenant(store);
  await Promise.all(Array.from({ length: 600 }, () => tenant.update(appId, incrementing, request)));
  let turn = 0;
  let immediate = setImmediate(function count() {
    turn += 1;
    immediate = setImmediate(count);
  });
  onTestFinished(() => clearImmediate(immediate));
  const readIn: number[] = [];
  const readAll = async (query: Pick<ChangeQuery, "order" | "after">): Promise<number> => {
    let read = 0;
    for (let after = query.after; ;) {
      const { changes, next } = await tenant.readChanges({ ...query, after, top: 100 });
      read += changes.length;
      if (changes.length < 100 || next === undefined) return read;
      readIn.push(turn);
      after = next;
    }
  };
  // A download of the log, its history and a stream that catches up.
  const found = await Promise.all([
    readAll({ order: "asc" }),
    readAll({ order: "desc" }),
    readAll({ order: "asc", after: 1 }),
  ]);
  expect(found).toEqual([601, 601, 600]);
  expect(new Set(readIn).size).toBe(readIn.length);
});

test("a long page of changes is not read once its caller has gone, while it waits for its turn", async () => {
  const turns = createLoopTurns();
  const store = await openTestStore({ turns });
  await addApps(store, [sampleApp()]);
  const caller = new AbortController();
  turns.noteConnection();
  const tenant = openTenant(store, { abandoned: () => caller.signal });
  const abandoned = tenant.readChanges({ order: "desc", top: 100 });
  caller.abort();
  await expect(abandoned).rejects.toThrow("The caller went away before the response was ready.");
});
