import { linkSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { findTarget } from "./find-target.ts";
import { followLinks } from "./follow-links.ts";
import { placeOf, realPath } from "./look.ts";
import { refuseLeftLog } from "./refuse-left-log.ts";
import { refuseOwnFile } from "./refuse-own-file.ts";

function temporaryFolder() {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), "install-summary-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Replaces how the system tells the one path of a file until the test is done. */
function tellPaths(realpath: (path: string) => string) {
  const spy = vi.spyOn(realpathSync, "native").mockImplementation((path) => realpath(String(path)));
  onTestFinished(() => spy.mockRestore());
}

/** A file that is reached by a name in capitals too, and that the disk knows in small letters. */
function makeFileInCapitals(name: string) {
  const folder = temporaryFolder();
  const [file, capitals] = [join(folder, name), join(folder, name.toUpperCase())];
  writeFileSync(file, "what is there");
  linkSync(file, capitals);
  const { native } = realpathSync;
  tellPaths((path) => native(path).replace(capitals, file));
  return { folder, file, capitals };
}

test("links are followed one by one, in linked folders too, until a name that is none", () => {
  const folder = temporaryFolder();
  const [first, second, end] = [join(folder, "first"), join(folder, "second"), join(folder, "end")];
  symlinkSync("second", first);
  symlinkSync(join(folder, "linked", "end"), second);
  symlinkSync(".", join(folder, "linked"));
  expect(followLinks(join(folder, "linked", "first"))).toEqual({ links: [first, second], end });
  writeFileSync(end, "");
  expect(followLinks(first)).toEqual({ links: [first, second], end });
  expect(followLinks(end)).toEqual({ links: [], end });
});

test("links that form a loop end", () => {
  const folder = temporaryFolder();
  symlinkSync("two", join(folder, "one"));
  symlinkSync("one", join(folder, "two"));
  expect(followLinks(join(folder, "one")).links).toHaveLength(2);
});

test("a store whose name the disk writes otherwise is no link, and its log lies beside it", () => {
  const { file, capitals } = makeFileInCapitals("store.db");
  expect(realPath(capitals)).toBe(file);
  for (const log of ["-wal", "-journal"]) writeFileSync(capitals + log, "its last changes");
  expect(() => refuseLeftLog(capitals)).not.toThrow();
  const link = join(dirname(file), "linked.db");
  symlinkSync(capitals, link);
  writeFileSync(`${link}-wal`, "changes that were left");
  expect(() => refuseLeftLog(link)).toThrow(`${link}-wal lies beside the link`);
});

test("what a migration has kept is not written over by a name that the disk writes otherwise", () => {
  const { folder, file, capitals } = makeFileInCapitals("store.db.schema-3");
  expect(findTarget(capitals, "example")).toEqual({ path: file, isThere: true });
  const own = { stores: [join(folder, "store.db")], folders: [], others: [] };
  expect(() => refuseOwnFile(capitals, own)).toThrow("belongs to the store itself");
});

test("where the system does not tell the one path of a file, its links are followed by name", () => {
  const folder = temporaryFolder();
  const [file, link] = [join(folder, "store.db"), join(folder, "linked.db")];
  writeFileSync(file, "");
  symlinkSync(file, link);
  symlinkSync("loop", join(folder, "loop"));
  tellPaths((path) => {
    throw Object.assign(new Error(`EISDIR, realpath '${path}'`), { code: "EISDIR" });
  });
  expect(realPath(link)).toBe(file);
  expect(realPath(join(folder, "missing.db"))).toBe(join(folder, "missing.db"));
  expect(() => realPath(join(folder, "loop"))).toThrow("its symbolic links form a loop");
});

test("a name below a file, at which nothing is, is no link", () => {
  const below = join(temporaryFolder(), "file", "store.db");
  writeFileSync(dirname(below), "");
  expect(followLinks(below)).toEqual({ links: [], end: below });
});

test("a path whose root is missing is told as it is", () => {
  tellPaths((path) => {
    throw Object.assign(new Error(`ENOENT: no such file or directory, realpath '${path}'`), {
      code: "ENOENT",
    });
  });
  for (const path of ["/some/store.db", "/", "store.db", "."]) {
    expect(realPath(path)).toBe(path);
    expect(placeOf(path)).toBe(path);
  }
});
