import { execFileSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { backupStore } from "../src/store/sqlite/backup-store.ts";
import { initialise } from "../src/store/sqlite/migrate.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { untilDoneAsOrdinaryUser } from "./as-ordinary-user.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";
import { expectWholeLog, openTestStore, temporaryFolder } from "./stores.ts";

function digest(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** Opens what must be refused, and sees that it was left as it is. */
async function refusal(file: string): Promise<unknown> {
  const before = digest(file);
  const error = await openSqliteStore({ file }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(digest(file)).toBe(before);
  return error;
}

test("a store of a newer version is refused and left as it is", async () => {
  const file = join(temporaryFolder(), "store.db");
  await (await openTestStore({ file })).close();
  using database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 99");
  database.close();
  expect(await refusal(file)).toMatchObject({
    name: "UserError",
    message: `The store ${file} was written by a newer version (its schema is 99, this version knows 4). It was left as it is; start the newer version.`,
  });
});

test("a file of another program is refused and left as it is", async () => {
  const file = join(temporaryFolder(), "store.db");
  using database = new DatabaseSync(file);
  database.exec("CREATE TABLE mine (id)");
  database.close();
  expect(await refusal(file)).toMatchObject({
    message: `The file ${file} is not a store of Install Summary. It was left as it is.`,
  });
});

test("a file that is not a database is refused and left as it is", async () => {
  const file = join(temporaryFolder(), "store.db");
  writeFileSync(file, "ApplicationId,DisplayName\r\n".repeat(400));
  expect(await refusal(file)).toMatchObject({
    name: "UserError",
    message: expect.stringContaining("is not a SQLite file"),
  });
});

test("a store whose first page is damaged is refused and left as it is", async () => {
  const file = join(temporaryFolder(), "store.db");
  await (await openTestStore({ file })).close();
  const content = readFileSync(file);
  content.fill(0xa5, 0, 4096);
  writeFileSync(file, content);
  expect(await refusal(file)).toMatchObject({
    name: "UserError",
    message: expect.stringContaining("is not a SQLite file, or is damaged; it was left as it is."),
  });
});

test("an empty file is refused: it was a store once", async () => {
  const file = join(temporaryFolder(), "store.db");
  await (await openTestStore({ file })).close();
  truncateSync(file, 0);
  expect(await refusal(file)).toMatchObject({
    message: `The store ${file} is empty. Restore it from a backup.`,
  });
});

test.each([
  ["a folder", (file: string) => mkdirSync(file)],
  ["a pipe", (file: string) => void execFileSync("mkfifo", [file])],
  ["a device", (file: string) => symlinkSync("/dev/null", file)],
])("a store that is %s is named, and not opened", async (_what, make) => {
  const file = join(temporaryFolder(), "store.db");
  make(file);
  await expect(openSqliteStore({ file })).rejects.toMatchObject({
    name: "UserError",
    message: `The store ${file} is a folder, a pipe or a device, and not a file.`,
  });
});

test("a missing folder and a link that leads nowhere are named", async () => {
  const folder = temporaryFolder();
  symlinkSync(join(folder, "none"), join(folder, "linked.db"));
  await expect(openSqliteStore({ file: join(folder, "linked.db") })).rejects.toMatchObject({
    name: "UserError",
    message: `The store ${join(folder, "linked.db")} is a link to ${join(folder, "none")}, where no file is. Put the store back there, or remove the link to begin with a new one.`,
  });
  await expect(openSqliteStore({ file: join(folder, "none", "store.db") })).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining("cannot be used: no such file or directory."),
  });
});

test("a store that many open at once is created once, and nothing is left beside it", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "store.db");
  const stores = await Promise.all(Array.from({ length: 8 }, () => openTestStore({ file })));
  await addApps(stores[0] ?? (await openTestStore({ file })), [sampleApp()]);
  for (const store of stores)
    expect(await openTenant(store).readSummary(appId)).toMatchObject({ etag: 'W/"1"' });
  await Promise.all(stores.map((store) => store.close()));
  expect(readdirSync(folder)).toEqual(["store.db"]);
});

test("steps that a store has not had yet are taken in their order, once", () => {
  const file = join(temporaryFolder(), "store.db");
  const steps = ["CREATE TABLE one (id)", "CREATE TABLE two (id)"];
  using database = new DatabaseSync(file);
  initialise(database, steps.slice(0, 1));
  initialise(database, steps);
  initialise(database, steps);
  expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 2 });
  expect(database.prepare("SELECT name FROM sqlite_schema").all()).toEqual([
    { name: "one" },
    { name: "two" },
  ]);
});

test("a store whose folder was moved takes no change, is not healthy, and goes on when it is back", async () => {
  const folder = join(temporaryFolder(), "data");
  mkdirSync(folder);
  const file = join(folder, "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  renameSync(folder, `${folder}.moved`);
  await expect(store.check()).rejects.toMatchObject({
    code: "ServiceUnavailable",
    message: "The store was moved or replaced. Restart the service.",
  });
  await expect(openTenant(store).update(appId, incrementing, request)).rejects.toMatchObject({
    code: "ServiceUnavailable",
  });
  mkdirSync(folder);
  await (await openTestStore({ file })).close();
  await expect(openTenant(store).update(appId, incrementing, request)).rejects.toMatchObject({
    code: "ServiceUnavailable",
  });
  rmSync(folder, { recursive: true });
  renameSync(`${folder}.moved`, folder);
  await store.check();
  expect(await openTenant(store).update(appId, incrementing, request)).toMatchObject({
    current: { etag: 'W/"2"' },
  });
  await expectWholeLog(file);
});

test("a store that cannot be written is refused when it is opened, not at the first change", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "store.db");
  await (await openSqliteStore({ file })).close();
  chmodSync(folder, 0o777);
  chmodSync(file, 0o444);
  await expect(untilDoneAsOrdinaryUser(() => openSqliteStore({ file }))).rejects.toThrow(
    `The store ${file} or its folder cannot be written.`,
  );
});

test("a store with a hard link is refused by either name, and what a killed restore or start leaves is none", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "store.db");
  await (await openTestStore({ file })).close();
  mkdirSync(join(folder, "copy"));
  const other = join(folder, "copy", "store.db");
  linkSync(file, other);
  for (const name of [file, other]) {
    const message = `The store ${name} has another name as well, a hard link. Changes that are made by one of the names are lost to the other. Remove the other name, or copy the file and move the copy to ${name}.`;
    expect(await refusal(name)).toMatchObject({ name: "UserError", message });
    const backup = {
      file: name,
      target: join(folder, "backup.db"),
      replace: false,
      signal: AbortSignal.abort(),
    };
    await expect(backupStore(backup)).rejects.toMatchObject({ message });
  }
  rmSync(other);
  linkSync(file, `${file}.replaced-2026-11-27T08-50-45.379Z`);
  linkSync(file, `${file}.${randomUUID()}`);
  symlinkSync(file, `${file}.symbolic`);
  await (await openTestStore({ file })).close();
  linkSync(file, join(folder, "second.db"));
  expect(await refusal(file)).toMatchObject({ name: "UserError" });
});

test("a hard link that is made while the store is open does not end it", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  linkSync(file, `${file}-linked`);
  await addApps(store, [sampleApp()]);
  const { kind } = (await openTenant(store).update(appId, incrementing, request))?.decision ?? {};
  expect(kind).toBe("changed");
  await store.close();
});
