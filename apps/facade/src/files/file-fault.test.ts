import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { serviceFault, startFault } from "./file-fault.ts";
import { isWriteFault, sqliteCode, sqliteCodes, SuspectedDamage } from "./sqlite-codes.ts";
import { whenFree } from "./when-free.ts";

function sqliteFault(errcode: number): Error {
  return Object.assign(new Error("disk I/O error"), { code: "ERR_SQLITE_ERROR", errcode });
}

function systemFault(code: string): Error {
  return Object.assign(new Error(`${code}: open`), { code, syscall: "open" });
}

test("the extended codes of SQLite count as their primary one", () => {
  expect(sqliteCode(sqliteFault(778))).toBe(sqliteCodes.io);
  expect(sqliteCode(sqliteFault(517))).toBe(sqliteCodes.busy);
  expect(sqliteCode(new Error("other"))).toBeUndefined();
  expect(sqliteCode("text")).toBeUndefined();
});

test("a fault of the file is a 503 that keeps its cause and shows nothing of it", () => {
  for (const code of Object.values(sqliteCodes)) {
    const cause = sqliteFault(code);
    const told = serviceFault(cause);
    expect(told).toMatchObject({ code: "ServiceUnavailable", retryAfter: expect.any(Number), cause });
    expect(JSON.stringify(told)).not.toContain("disk I/O error");
  }
});

test("a fault of the system is a 503 in service, and at a start a sentence that names the file", () => {
  expect(serviceFault(systemFault("ENOSPC"))).toMatchObject({
    status: 503,
    message: "The store's disk is full.",
  });
  expect(serviceFault(systemFault("EIO"))).toMatchObject({ status: 503, retryAfter: 5 });
  expect(startFault("The store x", systemFault("EROFS"))).toMatchObject({
    name: "UserError",
    exit: 2,
    message: "The store x cannot be used: the disk is read-only.",
  });
  expect(startFault("The store x", sqliteFault(sqliteCodes.full))).toMatchObject({
    message: "The store x cannot be written: the disk is full.",
  });
});

test("an index of the log that finds no room is a full disk, and no I/O error", () => {
  expect(sqliteCode(sqliteFault(4874))).toBe(sqliteCodes.full);
});

test("what looks damaged is not told as damage in service before it is known", () => {
  const cause = sqliteFault(sqliteCodes.corrupt);
  expect(serviceFault(cause)).toMatchObject({ message: expect.stringContaining("is damaged") });
  expect(serviceFault(new SuspectedDamage("a page", { cause }))).toMatchObject({
    status: 503,
    message: "The store looks damaged and is being checked. Please retry again later.",
    retryAfter: 5,
  });
});

test.each([
  ["a write", 778, true],
  ["the sync of a file", 1034, true],
  ["the sync of a folder", 1290, true],
  ["a cut", 1546, true],
  ["a write on a full disk", sqliteCodes.full, true],
  ["a write on a disk that is read-only", sqliteCodes.readOnly, true],
  ["a read", 266, false],
  ["a read of a bad sector", 8458, false],
])("%s that fails is told apart as one of a file that is written: %i, %s", (_what, errcode, expected) => {
  expect(isWriteFault(sqliteFault(errcode))).toBe(expected);
});

test("an error of ours stays what it is", () => {
  const error = new TypeError("ours");
  expect(serviceFault(error)).toBe(error);
  expect(startFault("The store x", error)).toBe(error);
  const constraint = sqliteFault(275);
  expect(serviceFault(constraint)).toBe(constraint);
});

test("a file that stays busy is given up on, and one that is freed is not", async () => {
  let left = 5;
  const freed = await whenFree(() => {
    left -= 1;
    if (left > 0) throw sqliteFault(sqliteCodes.busy);
    return "free";
  });
  expect(freed).toBe("free");
  const busy = sqliteFault(sqliteCodes.busy);
  const stuck = whenFree(
    () => {
      throw busy;
    },
    { patience: 20 },
  );
  await expect(stuck).rejects.toBe(busy);
});

test("a file that stays busy is waited for until a signal ends it, which gives its reason", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const stuck = whenFree(
    () => {
      stop.abort(reason);
      throw sqliteFault(sqliteCodes.busy);
    },
    { signal: stop.signal },
  );
  await expect(stuck).rejects.toBe(reason);
});

test("any other fault is not tried again", async () => {
  let tries = 0;
  using database = new DatabaseSync(":memory:");
  const failing = whenFree(() => {
    tries += 1;
    database.exec("no sql");
  });
  await expect(failing).rejects.toThrow("syntax error");
  expect(tries).toBe(1);
});
