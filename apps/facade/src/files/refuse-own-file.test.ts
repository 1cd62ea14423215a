import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { refuseOwnFile, type OwnFiles } from "./refuse-own-file.ts";

/** A data folder with a store and a key, reached by a link too. */
function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, "data");
  mkdirSync(data);
  symlinkSync(data, join(folder, "linked"));
  const own: OwnFiles = {
    stores: [join(data, "store.db"), join(data, "install-summary.db")],
    folders: [data],
    others: [join(data, "key.pem"), join(data, "lock")],
  };
  for (const name of ["store.db", "key.pem"]) writeFileSync(join(data, name), "what is there");
  return { folder, own };
}

const ofStore = "belongs to the store itself. Name another file.";
const ofFacade = "belongs to the facade itself. Name another file.";

test.each([
  ["data/store.db", ofStore],
  ["data/store.db-wal", ofStore],
  ["linked/store.db-shm", ofStore],
  ["data/store.db-journal", ofStore],
  ["data/store.db-lock", ofStore],
  ["data/store.db-import-0123456789ab", ofStore],
  ["data/store.db.schema-3", ofStore],
  ["linked/store.db.replaced-2026-11-26T08-00-00.000Z", ofStore],
  ["data/store.db.0e5d6a0c-1f0b-4f4e-9b0e-2f3c4d5e6f70", ofStore],
  ["data/install-summary.db", ofStore],
  ["linked/install-summary.db-lock", ofStore],
  ["linked/install-summary.db.schema-3", ofStore],
  ["data/key.pem", ofFacade],
  ["linked/key.pem", ofFacade],
  ["linked/lock", ofFacade],
  ["data/import-0e5d6a0c-1f0b-4f4e-9b0e-2f3c4d5e6f70.db", ofFacade],
  ["linked/import-0e5d6a0c-1f0b-4f4e-9b0e-2f3c4d5e6f70.db", ofFacade],
  ["store-link", ofStore],
  ["key-name", ofFacade],
  ["key-link", ofFacade],
])("%s is not written over", (name, why) => {
  const { folder, own } = makeFolder();
  symlinkSync("data/store.db", join(folder, "store-link"));
  symlinkSync("data/key.pem", join(folder, "key-link"));
  linkSync(join(folder, "data/key.pem"), join(folder, "key-name"));
  const path = join(folder, name);
  expect(() => refuseOwnFile(path, own)).toThrow(`The file ${path} ${why}`);
});

test.each([
  "data/store.db.bak",
  "data/backup.db",
  "data/store.dbx",
  "key.pem",
  "import-0e5d6a0c-1f0b-4f4e-9b0e-2f3c4d5e6f70.db",
  "out.csv",
  "none/out.csv",
])("%s can be written", (name) => {
  const { folder, own } = makeFolder();
  writeFileSync(join(folder, "data/backup.db"), "what is there");
  writeFileSync(join(folder, "data/backup.db-wal"), "");
  expect(() => refuseOwnFile(join(folder, name), own)).not.toThrow();
  expect(() => refuseOwnFile(join(folder, name), { ...own, stores: [] })).not.toThrow();
});

test.each(["-wal", "-journal"])(
  "a database that has its last changes in a %s is not written over",
  (part) => {
    const { folder, own } = makeFolder();
    const path = join(folder, "other.db");
    writeFileSync(path + part, "changes");
    expect(() => refuseOwnFile(path, own)).toThrow(
      `The file ${path} is a database whose last changes are in ${path}${part}, which a new file would be mixed up with. Name another file.`,
    );
  },
);

test("where the store is a database the data folder's files are not written over either", () => {
  const { folder, own } = makeFolder();
  const path = join(folder, "data/key.pem");
  expect(() => refuseOwnFile(path, { ...own, stores: [] })).toThrow(ofFacade);
});
