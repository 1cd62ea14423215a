import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { UserError } from "@install-summary/command-line/errors";
import { lockFile } from "../src/data-folder/lock-file.ts";
import { takeLocks } from "../src/data-folder/take-locks.ts";
import { createFacade } from "../src/facade.ts";
import { asOrdinaryUser } from "./as-ordinary-user.ts";
import { temporaryFolder } from "./stores.ts";

const locker = fileURLToPath(new URL("store-locker.ts", import.meta.url));

/** Takes the locks of a folder and its store, until the test is done. */
async function take(data: string, file = join(data, "store.db")): Promise<{ readonly lost: Promise<Error> }> {
  const lost = Promise.withResolvers<Error>();
  const release = await takeLocks({ data, file, onLost: lost.resolve });
  onTestFinished(release);
  return { lost: lost.promise };
}

/** Whether another process can take the locks now; it has them until it is killed. */
async function takeElsewhere(data: string, file = join(data, "store.db")) {
  const child = spawn(process.execPath, ["--conditions=@install-summary/source", locker, data, file], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const isTaken = await Promise.race([
    once(child.stdout, "data").then(() => true),
    once(child, "exit").then(() => false),
  ]);
  return { child, isTaken };
}

test("a folder is locked for one, and free again when it is given back", async () => {
  const data = temporaryFolder();
  const file = join(data, "store.db");
  const release = await takeLocks({ data, file, onLost: () => undefined });
  await expect(takeLocks({ data, file, onLost: () => undefined })).rejects.toMatchObject({
    name: "UserError",
    exit: 2,
    message: `Another facade serves the data folder ${data}. Stop it first, or choose another with --data.`,
  });
  release();
  await take(data);
});

test("the lock holds between processes, and goes with one that is killed", async () => {
  const data = temporaryFolder();
  const { child, isTaken } = await takeElsewhere(data);
  expect(isTaken).toBe(true);
  await expect(take(data)).rejects.toMatchObject({ name: "UserError" });
  child.kill("SIGKILL");
  await once(child, "exit");
  await take(data);
});

test("a second facade that one process is refused does not free the lock of its first one", async () => {
  const data = temporaryFolder();
  const settings = { data };
  const facade = await createFacade({ settings });
  onTestFinished(() => facade.close());
  await expect(createFacade({ settings })).rejects.toMatchObject({ name: "UserError", exit: 2 });
  expect((await takeElsewhere(data, join(data, "install-summary.db"))).isTaken).toBe(false);
});

test("a store is locked for one whichever data folder the other has, and whatever links lead to it", async () => {
  const [one, other] = [temporaryFolder(), temporaryFolder()];
  const file = join(one, "store.db");
  writeFileSync(file, "");
  await take(one);
  const link = join(other, "link");
  symlinkSync(one, link);
  symlinkSync(file, join(other, "link.db"));
  for (const path of [file, join(link, "store.db"), join(other, "link.db")]) {
    await expect(take(other, path)).rejects.toMatchObject({
      name: "UserError",
      message: `Another facade serves the store ${path}. Stop it first, or choose another with --store.`,
    });
    expect((await takeElsewhere(other, path)).isTaken).toBe(false);
  }
  // What was refused holds nothing.
  await take(other, join(other, "store.db"));
});

test("a lock whose file is removed keeps others out, and its file is made again", async () => {
  const data = temporaryFolder();
  const { lost } = await take(data);
  rmSync(join(data, "serve.lock"));
  expect((await takeElsewhere(data)).isTaken).toBe(false);
  rmSync(join(data, "store.db-lock"), { force: true });
  await vi.waitUntil(() => readdirSync(data).length === 2, { timeout: 30_000 });
  expect((await takeElsewhere(data)).isTaken).toBe(false);
  expect(await Promise.race([lost, Promise.resolve("held")])).toBe("held");
});

test("another that has a lock for a moment, and is refused the other one, takes nothing away", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const data = temporaryFolder();
  const { lost } = await take(data);
  for (const name of ["serve.lock", "store.db-lock"]) {
    const file = join(data, name);
    rmSync(file);
    const other = await lockFile(file, () => new UserError("taken"));
    vi.advanceTimersByTime(1000);
    other.release();
    vi.advanceTimersByTime(250);
    await expect(lockFile(file, () => new UserError("taken"))).rejects.toThrow("taken");
  }
  expect(await Promise.race([lost, Promise.resolve("held")])).toBe("held");
});

test("a lock whose folder is moved is lost, and says so", async () => {
  const data = join(temporaryFolder(), "data");
  mkdirSync(data);
  const { lost } = await take(data);
  renameSync(data, `${data}.moved`);
  mkdirSync(data);
  expect(await lost).toMatchObject({
    name: "UserError",
    exit: 7,
    message: `The folder ${data} was moved or replaced while it was served.`,
  });
});

test("a lock that another took while its file was gone is lost", async () => {
  const data = temporaryFolder();
  const { lost } = await take(data);
  // What another process does that began before the file was made again.
  rmSync(join(data, "store.db-lock"));
  rmSync(join(data, "serve.lock"));
  const other = await takeLocks({ data, file: join(data, "store.db"), onLost: () => undefined });
  onTestFinished(other);
  expect(await lost).toMatchObject({
    message: `Another facade serves the data folder ${data}. Stop it first, or choose another with --data.`,
  });
});

test.each([
  { what: "with a text in it", make: (file: string) => writeFileSync(file, "4711\n"), told: "is not a lock" },
  { what: "that is a folder", make: (file: string) => mkdirSync(file), told: "is not a lock" },
  {
    what: "that may only be read",
    make: (file: string) => writeFileSync(file, "", { mode: 0o400 }),
    told: "cannot be",
  },
])("a lock file $what is named, and refused with 2", async ({ make, told }) => {
  const data = temporaryFolder();
  const file = join(data, "serve.lock");
  make(file);
  chmodSync(data, 0o777);
  await expect(asOrdinaryUser(() => take(data))).rejects.toMatchObject({
    name: "UserError",
    exit: 2,
    message: expect.stringContaining(file),
  });
  await expect(asOrdinaryUser(() => take(data))).rejects.toThrow(told);
});
