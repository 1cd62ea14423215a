import { copyFileSync, existsSync, mkdirSync, realpathSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { backupStore } from "../src/store/sqlite/backup-store.ts";
import { cleanFile } from "../src/store/sqlite/clean-file.ts";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { readBackup } from "../src/store/sqlite/open-backup.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { restoreStore } from "../src/store/sqlite/restore-store.ts";
import { atMoment } from "./moments.ts";
import { addApps, appId, incrementing, openTenant, otherTenantId, request, sampleApp } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

/** A store that is open, with a change that only its log has, a copy of it from before, and where it is moved to. */
async function openedStore() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "big"));
  const [file, copy, moved] = [join(folder, "store.db"), join(folder, "b.db"), join(folder, "big", "m.db")];
  const first = await openTestStore({ file });
  await addApps(first, [sampleApp()]);
  await first.close();
  copyFileSync(file, copy);
  const store = await openTestStore({ file });
  await openTenant(store).update(appId, incrementing, request);
  return { folder, file, copy, moved, store };
}

type Opened = Awaited<ReturnType<typeof openedStore>>;

const moves: Readonly<Record<string, (opened: Opened) => void>> = {
  "moved and linked": ({ file, moved }) => {
    renameSync(file, moved);
    symlinkSync(moved, file);
  },
  "moved with its log and linked": ({ file, moved }) => {
    for (const part of ["", "-wal", "-shm"]) renameSync(file + part, moved + part);
    symlinkSync(moved, file);
  },
  "moved with its log and replaced by a copy": ({ file, moved, copy }) => {
    for (const part of ["", "-wal", "-shm"]) renameSync(file + part, moved + part);
    copyFileSync(copy, file);
  },
};

const { signal } = new AbortController();
const by = { time: "2026-11-27T08:50:45.379Z", actor: "ada", requestId: "request-1" };

/** What opens a store by its name, and does no more with it. */
const ways: Readonly<Record<string, (opened: Opened) => unknown>> = {
  async "a change"({ file }) {
    const store = await openSqliteStore({ file, mustProve: false });
    await openTenant(store)
      .update(appId, incrementing, request)
      .finally(() => store.close());
  },
  "a backup": ({ file, folder }) =>
    backupStore({
      file,
      target: join(folder, "copy.db"),
      replace: true,
      mustProve: false,
      signal: AbortSignal.abort(),
    }),
  "a check": ({ file }) => inspectStore(file),
  "a restore": ({ file, copy }) =>
    restoreStore({ file, source: copy, erased: undefined, by, signal: AbortSignal.abort() }),
  "its reading as a backup": ({ file }) =>
    readBackup(file, (database) => database.prepare("SELECT 1").get(), signal),
  "an erasure": ({ file }) => cleanFile(file, otherTenantId, signal),
};

test.each(Object.keys(moves).flatMap((move) => Object.keys(ways).map((way) => ({ move, way }))))(
  "a store that is $move while it is open, in any moment of $way, has one log",
  { timeout: 120_000 },
  async ({ move, way }) => {
    let hours = 0;
    // No one waits for a store that is not free.
    const clock = vi.spyOn(performance, "now").mockImplementation(() => (hours += 1) * 3_600_000);
    onTestFinished(() => clock.mockRestore());
    for (let moment = 1; ; moment += 1) {
      const opened = await openedStore();
      const { file, moved, store } = opened;
      const { isDone, isReached } = await atMoment(
        moment,
        () => moves[move]?.(opened),
        () => ways[way]?.(opened),
      );
      if (!isReached) break;
      const hasLog = move !== "moved and linked";
      expect({ moment, hasLog: existsSync(`${moved}-wal`) }).toEqual({ moment, hasLog });
      await store.close();
      const isChanged = isDone && way === "a change" && realpathSync(file) === moved;
      const again = await openTestStore({ file: moved });
      const summary = await openTenant(again).readSummary(appId);
      await again.close();
      expect({ moment, summary }).toMatchObject({ moment, summary: { etag: isChanged ? 'W/"3"' : 'W/"2"' } });
      expect((await inspectStore(moved)).faults).toEqual([]);
    }
  },
);

test("a store that is replaced in the moment in which it is opened is opened as it is then", async () => {
  for (let moment = 1; ; moment += 1) {
    const opened = await openedStore();
    const { file } = opened;
    const work = async (): Promise<void> => (await openSqliteStore({ file, mustProve: false })).close();
    const replace = moves["moved with its log and replaced by a copy"];
    const { isDone, isReached } = await atMoment(moment, () => replace?.(opened), work);
    if (!isReached) break;
    expect({ moment, isDone }).toEqual({ moment, isDone: true });
    const again = await openTestStore({ file });
    expect(await openTenant(again).readSummary(appId)).toMatchObject({ etag: 'W/"1"' });
  }
});
