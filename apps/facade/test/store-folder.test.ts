import { chmodSync, chownSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkDevelopmentKey } from "../src/data-folder/development-key.ts";
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

test("only the owner of a folder or a key that others can use is told to take that right from them", async ({
  skip,
}) => {
  skip(process.geteuid?.() !== 0, "only root can make the files of others");
  const folder = temporaryFolder();
  const key = join(folder, "development-key.pem");
  writeFileSync(key, "a key", { mode: 0o644 });
  chmodSync(folder, 0o777);
  for (const path of [folder, key]) chownSync(path, 64_321, 64_321);
  const owner = /It belongs to the user 64321, and this runs as \S+\. Run the command as the user 64321\.$/;
  expect(() => prepareFolder(folder)).toThrow(owner);
  await expect(checkDevelopmentKey(folder)).rejects.toThrow(owner);
});

test("B143 a file in the place of the folder, or on the way to it, is named", () => {
  const file = join(temporaryFolder(), "data");
  writeFileSync(file, "");
  for (const folder of [file, join(file, "data")]) {
    expect(() => prepareFolder(folder)).toThrow(
      `The data folder ${folder} cannot be used: a file or a broken link is in the way.`,
    );
  }
});

test("B143 a folder that cannot be written, or is another user's, is named", () => {
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
