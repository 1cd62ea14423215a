import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test, vi } from "vitest";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import type { ImportingStore } from "@install-summary/core/service";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

const damaged = {
  status: 503,
  code: "ServiceUnavailable",
  message: "The store is damaged and must be restored from a backup.",
};
/** What is told before another process has looked whether it is damage, and of what is damage without a look. */
const firstSign = {
  status: 503,
  code: "ServiceUnavailable",
  message: expect.stringMatching(/^The store (?:looks damaged and is being checked|is damaged and must)/),
};
const moved = {
  status: 503,
  code: "ServiceUnavailable",
  message: "The store was moved or replaced. Restart the service.",
};

const outlook = { word: "outlook" };

/** Closes a store with 300 apps, so that all of it is in its file. */
async function writeStore(): Promise<string> {
  const folder = join(temporaryFolder(), "data");
  mkdirSync(folder);
  const file = join(folder, "store.db");
  const store = await openTestStore({ file });
  const ids = Array.from({ length: 300 }, (_, index) => appId.replace(/...$/, String(index + 600)));
  await addApps(store, [sampleApp(), ...ids.map((id) => sampleApp({ id }))]);
  await store.close();
  return file;
}

/** Overwrites pages of a file in its place. */
function overwrite(file: string, fromPage: number, pages: number): void {
  const content = readFileSync(file);
  content.fill(0xa5, fromPage * 4096, (fromPage + pages) * 4096);
  writeFileSync(file, content);
}

async function makeChanges(store: ImportingStore, count: number): Promise<void> {
  const tenant = openTenant(store);
  await Promise.all(Array.from({ length: count }, () => tenant.update(appId, incrementing, request)));
  await store.check();
}

function endOf(use: () => unknown): Promise<unknown> {
  return Promise.resolve()
    .then(use)
    .then(
      () => "served",
      (error: unknown) => error,
    );
}

/** How each use of a store ends: what it is refused for, or "served". */
async function uses(store: ImportingStore): Promise<Readonly<Record<string, unknown>>> {
  const tenant = openTenant(store);
  return {
    change: await endOf(() => tenant.update(appId, incrementing, request)),
    import: await endOf(() => addApps(store, [sampleApp({ id: appId.replace(/...$/, "999") })])),
    summary: await endOf(() => tenant.readSummary(appId)),
    app: await endOf(() => tenant.readApp(appId)),
    list: await endOf(() => tenant.listApps({ top: 10 })),
    search: await endOf(() => tenant.listApps({ top: 10, search: [outlook] })),
    isEmpty: await endOf(() => tenant.isEmpty()),
    check: await endOf(() => store.check()),
  };
}

/** Waits until it is known that a store is damaged, which every use says then. */
async function expectDamaged(store: ImportingStore): Promise<void> {
  await vi.waitFor(async () => expect(await uses(store)).toMatchObject(everyUse(damaged)), {
    timeout: 60_000,
  });
}

function everyUse(end: unknown): Readonly<Record<string, unknown>> {
  return {
    change: end,
    import: end,
    summary: end,
    app: end,
    list: end,
    search: end,
    isEmpty: end,
    check: end,
  };
}

test.each([
  { what: "cut to nothing", harm: (file: string) => truncateSync(file, 0) },
  { what: "cut to two pages", harm: (file: string) => truncateSync(file, 8192) },
  // What is waiting in the log is no loss: SQLite has it.
  {
    what: "without its last quarter",
    harm: (file: string) => truncateSync(file, Math.floor(statSync(file).size / 16384) * 12288),
  },
  { what: "without its log", harm: (file: string) => truncateSync(`${file}-wal`, 0) },
  {
    what: "without the last byte of its log",
    harm: (file: string) => truncateSync(`${file}-wal`, statSync(`${file}-wal`).size - 1),
  },
])("a store that is $what while it is served acknowledges nothing any more", async ({ harm }) => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  expect(await uses(store)).toEqual(everyUse("served"));
  harm(file);
  expect(await uses(store)).toMatchObject(everyUse(damaged));
  // Not even once it looks whole again: what is missing in it is not known.
  truncateSync(file, 1_000_000);
  expect(await uses(store)).toMatchObject(everyUse(damaged));
});

test("a store whose log was cut is left as it is, with no page of the cut log in it", async () => {
  const file = await writeStore();
  const before = readFileSync(file);
  const store = await openTestStore({ file });
  await makeChanges(store, 5);
  truncateSync(`${file}-wal`, 100);
  expect(await uses(store)).toMatchObject(everyUse(damaged));
  await store.close();
  expect(readFileSync(file).equals(before)).toBe(true);
});

test.each([
  {
    who: "the first change after a start",
    change: (_: string, store: ImportingStore) => openTenant(store).update(appId, incrementing, request),
  },
  {
    who: "a change of another program",
    change: (file: string) => {
      using other = new DatabaseSync(file);
      other.exec("UPDATE install_summary SET failed_device_count = 5");
    },
  },
])("a log that is cut right after $who is damage, before anybody has looked at it", async ({ change }) => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  await change(file, store);
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  truncateSync(`${file}-wal`, 0);
  expect(await uses(store)).toMatchObject(everyUse(damaged));
});

test("a log that is cut is damage also where a reader meets it first, to whom it looks like a disk that fails", async () => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  {
    using other = new DatabaseSync(file);
    other.exec("UPDATE install_summary SET failed_device_count = 5");
  }
  truncateSync(`${file}-wal`, 0);
  await expect(async () => openTenant(store).readSummary(appId)).rejects.toMatchObject({ status: 503 });
  expect(await uses(store)).toMatchObject(everyUse(damaged));
});

test("another program that empties the log in order is no damage", async () => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  await makeChanges(store, 5);
  const other = new DatabaseSync(file);
  expect(other.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()).toMatchObject({ busy: 0 });
  expect(statSync(`${file}-wal`).size).toBe(0);
  other.close();
  expect(await uses(store)).toEqual(everyUse("served"));
});

test("a damaged store is left as it is also where a thread has it open that moved changes into it before", async () => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  const { size } = statSync(file);
  while (statSync(file).size <= size) await makeChanges(store, 900);
  await makeChanges(store, 600);
  truncateSync(`${file}-wal`, 100);
  const before = readFileSync(file);
  expect(await uses(store)).toMatchObject(everyUse(damaged));
  await store.close();
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("a damaged store is left as it is when it is closed, with the changes that only its log has", async () => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  expect(await uses(store)).toEqual(everyUse("served"));
  const log = readFileSync(`${file}-wal`);
  truncateSync(file, 8192);
  expect(await uses(store)).toMatchObject(everyUse(damaged));
  await store.close();
  expect(statSync(file).size).toBe(8192);
  expect(readFileSync(`${file}-wal`).equals(log)).toBe(true);
});

test("a store whose cut is noticed by no change is refused to readers and by the health check", async () => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  truncateSync(file, 8192);
  await vi.waitFor(() => expect(() => openTenant(store).readSummary(appId)).rejects.toMatchObject(damaged), {
    timeout: 60_000,
  });
  await expect(store.check()).rejects.toMatchObject(damaged);
});

test.each([
  { reader: "a list", search: [] },
  { reader: "a search", search: [outlook] },
])("the first sign of damage, which $reader finds, ends all changes", async ({ search }) => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  {
    // After a change by another program nothing is read from the cache.
    using other = new DatabaseSync(file);
    other.exec("UPDATE change_feed SET last = last + 1");
  }
  overwrite(file, 2, statSync(file).size / 4096 - 2);
  const found = await openTenant(store)
    .listApps({ top: 300, search })
    .catch((error: unknown) => error);
  expect(found).toMatchObject(damaged);
  expect(await uses(store)).toMatchObject(everyUse(damaged));
});

test.each([
  { what: "drops the table of summaries", sql: "DROP TABLE install_summary" },
  { what: "drops the table of changes", sql: "DROP TABLE install_summary_change" },
  { what: "renames a column", sql: "ALTER TABLE mobile_app RENAME COLUMN display_name TO label" },
  {
    what: "writes a counter below 0",
    sql: "PRAGMA ignore_check_constraints = ON; UPDATE install_summary SET failed_device_count = -5",
  },
  {
    what: "writes a counter above the maximum",
    sql: "PRAGMA ignore_check_constraints = ON; UPDATE install_summary SET failed_device_count = 2147483648",
  },
  { what: "sets the log back", sql: "UPDATE change_feed SET last = 0" },
  { what: "removes the state of the log", sql: "DELETE FROM change_feed" },
  {
    what: "writes a version that no number can hold",
    sql: "UPDATE install_summary SET version = 9007199254740993",
  },
  {
    what: "refuses changes by a trigger",
    sql: "CREATE TRIGGER t BEFORE UPDATE ON install_summary BEGIN SELECT RAISE(ABORT, 'no'); END",
  },
])("another program that $what damages the store, as every use says from then on", async ({ sql }) => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  {
    using other = new DatabaseSync(file, { enableForeignKeyConstraints: false });
    other.exec(sql);
  }
  const tenant = openTenant(store);
  const everything = async (): Promise<void> => {
    await tenant.readSummary(appId);
    await tenant.listApps({ top: 1 });
    await tenant.update(appId, incrementing, request);
  };
  expect(await endOf(everything)).toMatchObject(firstSign);
  await expectDamaged(store);
});

test.each([
  { what: "sets the schema back", sql: "PRAGMA user_version = 3" },
  { what: "sets the schema to none", sql: "PRAGMA user_version = 0" },
  { what: "drops the table of erased tenants", sql: "DROP TABLE erased_tenant" },
  {
    what: "puts a view in the place of a table",
    sql: "ALTER TABLE mobile_app RENAME TO apps; CREATE VIEW mobile_app AS SELECT * FROM apps",
  },
])("a store of which another program $what is refused at the start", async ({ sql }) => {
  const file = await writeStore();
  {
    using other = new DatabaseSync(file);
    other.exec(sql);
  }
  await expect(openTestStore({ file })).rejects.toMatchObject({
    name: "UserError",
    exit: 2,
    message: `The store ${file} is damaged; it was left as it is, restore it from a backup.`,
  });
});

test.each([
  {
    reader: "a search of apps",
    use: (tenant: ReturnType<typeof openTenant>) => tenant.listApps({ top: 1, search: [outlook] }),
  },
  {
    reader: "a search of changes",
    use: (tenant: ReturnType<typeof openTenant>) => tenant.readChanges({ top: 1, order: "asc", actor: "a" }),
  },
])("a table that another program has dropped, which $reader finds, is damage", async ({ use }) => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  {
    using other = new DatabaseSync(file, { enableForeignKeyConstraints: false });
    other.exec("DROP TABLE install_summary_change; DROP TABLE install_summary");
  }
  expect(await endOf(() => use(openTenant(store)))).toMatchObject(firstSign);
  await expectDamaged(store);
});

test("a value of a wrong type in a page that is well formed is damage, from when it is read", async () => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  {
    // After a change by another program nothing is read from the cache.
    using other = new DatabaseSync(file);
    other.exec("UPDATE change_feed SET last = last + 1");
  }
  const content = readFileSync(file);
  // The row of the summary: the types of its columns come before the ids of tenant and app, each of 36 characters.
  const text36 = 13 + 2 * 36;
  const oneByte = 1;
  const types = content.indexOf(Buffer.from([text36, text36, oneByte]));
  expect(types).toBeGreaterThan(0);
  const oneCharacter = 13 + 2;
  for (let at = types; at !== -1; at = content.indexOf(Buffer.from([text36, text36, oneByte]), at)) {
    content[at + 2] = oneCharacter;
  }
  writeFileSync(file, content);
  await expect(async () => openTenant(store).readSummary(appId)).rejects.toMatchObject(damaged);
  expect(await uses(store)).toMatchObject(everyUse(damaged));
});

test("a damaged page of a large store, found only when it is read, is told by reads and the health check from then on", async () => {
  const file = await writeStore();
  {
    using large = new DatabaseSync(file);
    large.exec("CREATE TABLE ballast (text); INSERT INTO ballast VALUES (zeroblob(20000000))");
    large.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  const last = appId.replace(/...$/, "899");
  overwrite(file, Math.floor(readFileSync(file).lastIndexOf(last) / 4096), 1);
  const store = await openTestStore({ file });
  await store.check();
  const tenant = openTenant(store);
  const first = await endOf(() => tenant.readSummary(appId.replace(/...$/, "600")));
  expect(first).toBe("served");
  const everything = async (): Promise<void> => {
    await tenant.listApps({ top: 500 });
    await tenant.readApp(last);
    await tenant.readSummary(last);
    await addApps(store, [sampleApp({ id: last })]);
  };
  expect(await endOf(everything)).toMatchObject(firstSign);
  await expectDamaged(store);
});

test.each([
  { what: "the folder is moved", harm: (file: string) => renameSync(dirname(file), `${dirname(file)}.old`) },
  {
    what: "a copy takes the place of the folder",
    harm(file: string) {
      renameSync(dirname(file), `${dirname(file)}.old`);
      cpSync(`${dirname(file)}.old`, dirname(file), { recursive: true });
    },
  },
  { what: "the file is removed", harm: (file: string) => rmSync(file) },
  {
    what: "a backup takes the place of the file",
    harm(file: string) {
      copyFileSync(file, `${file}.backup`);
      renameSync(`${file}.backup`, file);
    },
  },
  { what: "the log is removed", harm: (file: string) => rmSync(`${file}-wal`) },
  { what: "the index of the log is removed", harm: (file: string) => rmSync(`${file}-shm`) },
])("once $what nothing is read or acknowledged any more", async ({ harm }) => {
  const file = await writeStore();
  let notices = 0;
  const store = await openSqliteStore({ file, onMoved: () => (notices += 1) });
  expect(await uses(store)).toEqual(everyUse("served"));
  harm(file);
  expect(await uses(store)).toMatchObject(everyUse(moved));
  expect(notices).toBeGreaterThan(0);
  await store.close();
});

test("readers learn that the store was moved, though nothing is changed", async () => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  expect(openTenant(store).readSummary(appId)).toMatchObject({ etag: 'W/"1"' });
  renameSync(dirname(file), `${dirname(file)}.old`);
  await vi.waitFor(() => expect(() => openTenant(store).readSummary(appId)).rejects.toMatchObject(moved), {
    timeout: 60_000,
  });
});

test.each([
  { what: "and leaves it so", growth: "" },
  {
    what: "and adds to the log",
    growth: "CREATE TABLE more (text); INSERT INTO more VALUES (zeroblob(400000))",
  },
])("another program that makes the file smaller in order, $what, is no damage", async ({ growth }) => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  {
    using other = new DatabaseSync(file);
    other.exec("CREATE TABLE ballast (text); INSERT INTO ballast VALUES (zeroblob(1000000))");
    other.exec("PRAGMA wal_checkpoint(RESTART)");
    expect(await uses(store)).toEqual(everyUse("served"));
    const before = statSync(file).size;
    other.exec("DROP TABLE ballast; VACUUM; PRAGMA wal_checkpoint(RESTART)");
    other.exec(growth);
    expect(statSync(file).size).toBeLessThan(before);
    expect(await uses(store)).toEqual(everyUse("served"));
  }
  expect(await uses(store)).toEqual(everyUse("served"));
});

/** Opens a store that must be refused, and sees that its files are left as they were. */
async function refusal(file: string): Promise<unknown> {
  const contents = () =>
    readdirSync(dirname(file))
      .filter((name) => !name.endsWith("-shm"))
      .map((name) => [name, readFileSync(join(dirname(file), name)).toString("base64")]);
  const before = contents();
  const error = await openSqliteStore({ file }).then(
    () => "opened",
    (reason: unknown) => reason,
  );
  expect(contents()).toEqual(before);
  return error;
}

const refused = (file: string) => ({
  name: "UserError",
  exit: 2,
  message: `The store ${file} is damaged; it was left as it is, restore it from a backup.`,
});

test.each([
  { what: "cut to two pages", harm: (file: string) => truncateSync(file, 8192) },
  { what: "without its last page", harm: (file: string) => truncateSync(file, statSync(file).size - 4096) },
  { what: "overwritten in its middle", harm: (file: string) => overwrite(file, 4, 39) },
  { what: "overwritten in one page", harm: (file: string) => overwrite(file, 10, 1) },
])("a store that is $what is refused at the start and left as it is", async ({ harm }) => {
  const file = await writeStore();
  harm(file);
  expect(await refusal(file)).toMatchObject(refused(file));
});

test("a damaged store that was killed is refused at the start, and its log is left as it is", async () => {
  const file = await writeStore();
  const store = await openTestStore({ file });
  await openTenant(store).update(appId, incrementing, request);
  // The files as a kill leaves them.
  const copy = join(temporaryFolder(), "store.db");
  copyFileSync(file, copy);
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  truncateSync(copy, 8192);
  expect(await refusal(copy)).toMatchObject(refused(copy));
  copyFileSync(file, copy);
  overwrite(copy, 12, 20);
  expect(await refusal(copy)).toMatchObject(refused(copy));
  copyFileSync(file, copy);
  const whole = await openTestStore({ file: copy });
  expect(await openTenant(whole).readSummary(appId)).toMatchObject({ etag: 'W/"2"' });
});

test("a store of many pages is refused where pages are missing, also with a log beside it", async () => {
  const file = await writeStore();
  {
    using large = new DatabaseSync(file);
    large.exec("CREATE TABLE ballast (text); INSERT INTO ballast VALUES (zeroblob(20000000))");
  }
  await (await openTestStore({ file })).close();
  const store = await openTestStore({ file });
  await openTenant(store).update(appId, incrementing, request);
  const copy = join(temporaryFolder(), "store.db");
  copyFileSync(file, copy);
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  truncateSync(copy, 18_000_000);
  expect(await refusal(copy)).toMatchObject(refused(copy));
  rmSync(`${copy}-wal`);
  expect(await refusal(copy)).toMatchObject(refused(copy));
});
