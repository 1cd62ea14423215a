import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { restoreStore } from "../src/store/sqlite/restore-store.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";
import { expectWholeLog, openTestStore, temporaryFolder } from "./stores.ts";

/** A store's file in a folder of its own, and a folder beside that. */
function twoFolders() {
  const folder = temporaryFolder();
  const [data, big] = [join(folder, "data"), join(folder, "big")];
  for (const each of [data, big]) mkdirSync(each);
  return { data, big, file: join(data, "store.db"), moved: join(big, "moved.db") };
}

test.each([
  {
    what: "is moved and linked from its old place",
    move: (file: string, moved: string) => {
      renameSync(file, moved);
      symlinkSync(moved, file);
      return () => {
        rmSync(file);
        renameSync(moved, file);
      };
    },
  },
  {
    what: "is moved in its folder and linked by a path that is not absolute",
    move: (file: string) => {
      renameSync(file, `${file}.other`);
      symlinkSync("store.db.other", file);
      return () => {
        rmSync(file);
        renameSync(`${file}.other`, file);
      };
    },
  },
  {
    what: "is moved with its folder, which is linked from its old place",
    move: (file: string, moved: string) => {
      const [data, other] = [join(file, ".."), join(moved, "..", "data")];
      renameSync(data, other);
      symlinkSync(other, data);
      return () => {
        rmSync(data);
        renameSync(other, data);
      };
    },
  },
])("a store that $what while it is open takes no change, and goes on when it is back", async ({ move }) => {
  const { file, moved } = twoFolders();
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const moveBack = move(file, moved);
  const refused = {
    code: "ServiceUnavailable",
    message: "The store was moved or replaced. Restart the service.",
  };
  await expect(openTenant(store).update(appId, incrementing, request)).rejects.toMatchObject(refused);
  await expect(store.check()).rejects.toMatchObject(refused);
  await expect(openTenant(store).readSummary(appId)).rejects.toMatchObject(refused);
  moveBack();
  await store.check();
  await openTenant(store).update(appId, incrementing, request);
  await store.close();
  await expectWholeLog(file);
});

test("a store behind two links is watched where it is", async () => {
  const { file, moved, data } = twoFolders();
  const [first, second] = [join(data, "first.db"), join(data, "second.db")];
  await (await openTestStore({ file })).close();
  symlinkSync(file, second);
  symlinkSync(second, first);
  const store = await openTestStore({ file: first });
  await addApps(store, [sampleApp()]);
  renameSync(file, moved);
  symlinkSync(moved, file);
  await expect(store.check()).rejects.toMatchObject({ code: "ServiceUnavailable" });
});

test("the changes of a store that is moved and linked while it is open are in its file once it is closed", async () => {
  const { file, moved } = twoFolders();
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await openTenant(store).update(appId, incrementing, request);
  renameSync(file, moved);
  symlinkSync(moved, file);
  await store.close();
  const again = await openTestStore({ file });
  expect(await openTenant(again).readSummary(appId)).toMatchObject({ etag: 'W/"2"' });
});

test("a moved store is opened by its new name once the program that has it open is done, with the changes of that", async () => {
  const { file, moved, big } = twoFolders();
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await openTenant(store).update(appId, incrementing, request);
  renameSync(file, moved);
  symlinkSync(moved, file);
  const opening = openTestStore({ file: moved });
  expect(readdirSync(big)).toEqual(["moved.db"]);
  await store.close();
  const again = await opening;
  expect(await openTenant(again).readSummary(appId)).toMatchObject({ etag: 'W/"2"' });
  await again.close();
  await expectWholeLog(moved);
});

test("a store that is served by a link has its log, its copies and what a restore keeps where it is, and stays behind the link", async () => {
  const { data, big, moved, file: link } = twoFolders();
  await (await openTestStore({ file: moved })).close();
  symlinkSync(moved, link);
  const store = await openTestStore({ file: link });
  await addApps(store, [sampleApp()]);
  expect(readdirSync(big).toSorted()).toEqual(["moved.db", "moved.db-shm", "moved.db-wal"]);
  await store.close();
  const backup = join(big, "backup.db");
  using database = new DatabaseSync(link);
  database.prepare("VACUUM INTO ?").run(backup);
  database.close();
  const by = { time: "2026-11-27T08:50:45.379Z", actor: "ada", requestId: "request-1" };
  const signal = new AbortController().signal;
  const { replaced } = await restoreStore({ file: link, source: backup, erased: undefined, by, signal });
  expect(replaced).toBe(`${moved}.replaced-2026-11-27T08-50-45.379Z`);
  expect(readdirSync(data)).toEqual(["store.db"]);
  const restored = await openTestStore({ file: link });
  expect(await openTenant(restored).readSummary(appId)).toBeDefined();
  await restored.close();
});

test("a hard link that takes the place of a moved file is the same store, which only its own program goes on with", async () => {
  const { file, moved } = twoFolders();
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  renameSync(file, moved);
  linkSync(moved, file);
  await openTenant(store).update(appId, incrementing, request);
  for (const name of [file, moved])
    await expect(openSqliteStore({ file: name })).rejects.toThrow("has another name as well, a hard link");
  await store.close();
  rmSync(moved);
  await expectWholeLog(file);
  expect(existsSync(`${moved}-wal`)).toBe(false);
});
