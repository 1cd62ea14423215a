import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { DamagedFile, SuspectedDamage, sqliteCodes, UnreadPage } from "../src/files/sqlite-codes.ts";
import { openConnector } from "../src/store/sqlite/connector.ts";
import type { StoreConnection } from "../src/store/sqlite/connection.ts";
import { temporaryFolder } from "./stores.ts";

function fault(errcode: number): Error {
  return Object.assign(new Error("told by SQLite"), { errcode });
}

test.each([
  { what: "fails", errcode: sqliteCodes.io, isGuarded: true },
  { what: "cannot be written", errcode: sqliteCodes.readOnly, isGuarded: true },
  // SQLite has the locks of all connections together: what was not taken back from one is held until all are closed.
  { what: "does not take a lock back", errcode: sqliteCodes.protocol, isGuarded: false },
])("after a disk that $what the store is used on a new connection", async ({ errcode, isGuarded }) => {
  const connector = await openConnector({ file: join(temporaryFolder(), "store.db") });
  onTestFinished(() => connector.close());
  const used: StoreConnection[] = [];
  const error = fault(errcode);
  const failing = (connection: StoreConnection): void => {
    used.push(connection);
    throw error;
  };
  expect(() => connector.now(failing)).toThrow(error);
  const [before] = used;
  const after = connector.now((connection) => connection);
  expect(before?.database.isOpen).toBe(false);
  expect(before?.guard?.isOpen).toBe(isGuarded);
  expect(after.guard?.isOpen).toBe(true);
  expect(after.reads.hasApps("")).toBe(false);
});

/** Throws as SQLite does for a damaged page, as often as wanted, and then what it is run with. */
function damagedTimes(times: number, error: Error = fault(sqliteCodes.corrupt)) {
  const used: StoreConnection[] = [];
  const action = (connection: StoreConnection): StoreConnection => {
    used.push(connection);
    if (used.length <= times) throw error;
    return connection;
  };
  return { action, used };
}

test("what looks damaged to one connection alone is no damage", async () => {
  const connector = await openConnector({ file: join(temporaryFolder(), "store.db") });
  onTestFinished(() => connector.close());
  const { action, used } = damagedTimes(1);
  const after = connector.now(action);
  expect(used).toEqual([expect.anything(), after]);
  expect(used[0]?.database.isOpen).toBe(false);
  expect(connector.now((connection) => connection)).toBe(after);
});

test("what this program finds damaged, which counts the pages, is damage, and nothing is read or written any more", async () => {
  const connector = await openConnector({ file: join(temporaryFolder(), "store.db") });
  onTestFinished(() => connector.close());
  const error = new DamagedFile("3 of 4 pages");
  const { action, used } = damagedTimes(1, error);
  expect(() => connector.now(action)).toThrow(error);
  connector.look();
  expect(() => connector.now(action)).toThrow("The store is damaged and must be restored from a backup.");
  await expect(connector.useAnew(error, action)).rejects.toThrow("The store is damaged");
  expect(used).toHaveLength(1);
});

test("what looks damaged to a second connection too is looked at by another process, and nothing is read or written meanwhile", async () => {
  const connector = await openConnector({ file: join(temporaryFolder(), "store.db") });
  onTestFinished(() => connector.close());
  const { action, used } = damagedTimes(3);
  expect(() => connector.now(action)).toThrow(SuspectedDamage);
  const checked = "The store looks damaged and is being checked.";
  expect(() => connector.now(action)).toThrow(checked);
  await expect(connector.useAnew(fault(sqliteCodes.corrupt), action)).rejects.toThrow(checked);
  expect(used).toHaveLength(2);
  // The other process finds nothing wrong with the file, so that it is the disk that has failed.
  await vi.waitFor(() => connector.now(() => undefined), { timeout: 60_000 });
  const before = connector.now((connection) => connection);
  expect(() => connector.now(action)).toThrow(UnreadPage);
  await expect(connector.useAnew(fault(sqliteCodes.corrupt), action)).rejects.toThrow(UnreadPage);
  // What is known is not looked for on a new connection, which would read all of a small file.
  expect(used.at(-1)).toBe(before);
  expect(used).toHaveLength(3);
  expect(connector.now(action)).toBe(before);
});
