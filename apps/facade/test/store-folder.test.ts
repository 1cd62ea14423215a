import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { lockFolder } from "../src/data-folder/lock-folder.ts";
import { prepareFolder } from "../src/data-folder/prepare-folder.ts";
import { asOrdinaryUser } from "./as-ordinary-user.ts";
import { temporaryFolder } from "./stores.ts";

test("a new data folder is its owner's alone, and one that is there stays as it is", () => {
  const folder = join(temporaryFolder(), "some", "data");
  prepareFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  chmodSync(folder, 0o755);
  prepareFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o755);
});

test("a folder that others can write is refused with the command that mends it", () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o777);
  expect(() => prepareFolder(folder)).toThrow(`Run: chmod 700 ${folder}`);
});

test("a file in the place of the folder, or on the way to it, is named", () => {
  const file = join(temporaryFolder(), "data");
  writeFileSync(file, "");
  for (const folder of [file, join(file, "data")]) {
    expect(() => prepareFolder(folder)).toThrow(
      `The data folder ${folder} cannot be used: a file is in the way.`,
    );
  }
});

test("a folder that cannot be written, or is another user's, is named", () => {
  const folder = join(temporaryFolder(), "data");
  mkdirSync(folder, { mode: 0o500 });
  asOrdinaryUser(() =>
    expect(() => prepareFolder(folder)).toThrow(`${folder} cannot be used: permission denied`),
  );
  expect(() => asOrdinaryUser(() => prepareFolder("/tmp"))).toThrow(
    "The data folder /tmp belongs to another user.",
  );
});

test("a folder that the system refuses to make is named", ({ skip }) => {
  skip(!existsSync("/proc/self"), "this system has no /proc");
  expect(() => prepareFolder("/proc/x/data")).toThrow(
    "The data folder /proc/x/data cannot be used: no such file or directory.",
  );
});

test("a folder is locked for one, and free again when it is given back", async () => {
  const folder = temporaryFolder();
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({
    name: "UserError",
    message: `Another facade serves the data folder ${folder}. Stop it first, or choose another with --data.`,
  });
  unlock();
  (await lockFolder(folder))();
});

test("the lock holds between processes, and goes with one that is killed", async () => {
  const folder = temporaryFolder();
  const locker = fileURLToPath(new URL("store-locker.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@install-summary/source", locker, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  await expect(lockFolder(folder)).rejects.toMatchObject({ name: "UserError" });
  child.kill("SIGKILL");
  await once(child, "exit");
  (await lockFolder(folder))();
});
