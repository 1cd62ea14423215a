import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
