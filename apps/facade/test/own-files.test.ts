import { copyFileSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownFiles } from "../src/commands/own-files.ts";
import { refuseOwnFile } from "../src/files/refuse-own-file.ts";
import { readSettings } from "../src/settings/read-settings.ts";
import { report } from "./facades.ts";
import { runFacade, startServing } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

/** What a folder holds, without what SQLite changes while it is read. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => !name.startsWith("install-summary.db"));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}

test("no command writes over the keys and locks of a data folder, and the facade that serves it goes on", async () => {
  const folder = temporaryFolder();
  const data = join(folder, ".data");
  writeFileSync(join(folder, "report.csv"), report);
  await runFacade({ folder }, "import", "report.csv");
  await runFacade({ folder }, "token");
  const serving = await startServing({ folder }, "--https");
  const before = filesOf(data);
  const names = ["ca-key.pem", "ca.pem", "development-key.pem", "https.pem", "serve.lock"];
  expect(Object.keys(before)).toEqual(names);
  for (const name of names) {
    const file = join(data, name);
    for (const words of [
      ["export", file],
      ["backup", file, "--replace"],
      ["import", "report.csv", "--dry-run", "--diff", file],
    ]) {
      expect(await runFacade({ folder }, ...words)).toEqual({
        exit: 2,
        stdout: "",
        stderr: `install-summary-facade: The file ${file} belongs to the facade itself. Name another file.\n`,
      });
    }
  }
  expect(filesOf(data)).toEqual(before);
  expect(await serving.stop("SIGTERM")).toBe(0);
  const again = await startServing({ folder }, "--https");
  expect(await again.stop("SIGTERM")).toBe(0);
});

test("no command writes over the files that its settings name", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), report);
  await runFacade({ folder }, "import", "report.csv");
  const settings = JSON.stringify({ https: true, certificate: "own.pem", privateKey: "own-key.pem" });
  for (const name of ["own.pem", "own-key.pem"]) writeFileSync(join(folder, name), "PEM");
  writeFileSync(join(folder, "facade.json"), settings);
  for (const name of ["own.pem", "own-key.pem", "facade.json"]) {
    const before = readFileSync(join(folder, name), "utf8");
    expect(await runFacade({ folder }, "export", name, "--config", "facade.json")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining(`${name} belongs to the facade itself. Name another file.`),
    });
    expect(readFileSync(join(folder, name), "utf8")).toBe(before);
  }
});

test("with a database the keys of the data folder and the files of the connection are its own", () => {
  const folder = temporaryFolder();
  const store = "postgres://ada@db.contoso.com/summary?sslrootcert=root.pem";
  const settings = readSettings({ folder, options: { store, storePasswordFile: "password" } });
  const { stores, folders, others } = ownFiles(settings, {}, folder);
  expect(folders).toEqual([join(folder, ".data")]);
  expect(stores).toEqual([join(folder, ".data", "install-summary.db")]);
  expect(others).toEqual(
    expect.arrayContaining(
      [".data/development-key.pem", ".data/serve.lock", "root.pem", "password"].map((name) =>
        join(folder, name),
      ),
    ),
  );
});

test("no command writes over the store of a data folder where --store names another one", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), report);
  await runFacade({ folder }, "import", "report.csv");
  const file = join(folder, ".data", "install-summary.db");
  copyFileSync(file, join(folder, "other.db"));
  copyFileSync(file, join(folder, "third.db"));
  const before = readFileSync(file);
  const runs = [
    ["export", file],
    ["backup", file, "--replace"],
    ["import", "report.csv", "--dry-run", "--diff", file],
  ];
  for (const words of runs) {
    expect(await runFacade({ folder }, ...words, "--store", "sqlite:other.db")).toEqual({
      exit: 2,
      stdout: "",
      stderr: `install-summary-facade: The file ${file} belongs to the store itself. Name another file.\n`,
    });
  }
  expect(await runFacade({ folder }, "export", "third.db")).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("third.db is a database. Name another file."),
  });
  expect(readFileSync(join(folder, "third.db")).equals(before)).toBe(true);
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("no command writes over the keys, the locks and the store of the folder in which the store of --store is", async () => {
  const folder = temporaryFolder();
  const data = join(folder, "served");
  writeFileSync(join(folder, "report.csv"), report);
  await runFacade({ folder }, "import", "report.csv", "--data", "served");
  copyFileSync(join(data, "install-summary.db"), join(data, "other.db"));
  symlinkSync(join("served", "other.db"), join(folder, "linked.db"));
  const serving = await startServing({ folder }, "--data", "served", "--https");
  const names = ["ca-key.pem", "ca.pem", "development-key.pem", "https.pem", "serve.lock"];
  const parts = ["", "-wal", "-shm", "-journal", "-lock"];
  const targets = [
    ...names.map((name) => [name, "facade"]),
    ...parts.flatMap((part) => ["install-summary.db", "other.db"].map((name) => [name + part, "store"])),
  ];
  const { stores, folders, others } = ownFiles(
    readSettings({ folder, options: { data: "mine", store: "sqlite:linked.db" } }),
    {},
    folder,
  );
  for (const [name = "", whose = ""] of targets) {
    const path = join(data, name);
    expect(() => refuseOwnFile(path, { stores, folders, others })).toThrow(
      `The file ${path} belongs to the ${whose} itself. Name another file.`,
    );
  }
  const before = readFileSync(join(data, "development-key.pem"));
  for (const store of ["sqlite:served/other.db", "sqlite:linked.db"]) {
    for (const words of [
      ["export", join("served", "development-key.pem")],
      ["backup", join("served", "development-key.pem"), "--replace"],
      ["import", "report.csv", "--dry-run", "--diff", join("served", "development-key.pem")],
    ]) {
      expect(await runFacade({ folder }, ...words, "--data", "mine", "--store", store)).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining("development-key.pem belongs to the facade itself."),
      });
    }
  }
  expect(readFileSync(join(data, "development-key.pem"))).toEqual(before);
  expect(await serving.stop("SIGTERM")).toBe(0);
});

test("--diff makes no file through a broken link", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), report);
  symlinkSync(join(".data", "https.pem"), join(folder, "changes.jsonl"));
  expect(
    await runFacade({ folder }, "import", "report.csv", "--dry-run", "--diff", "changes.jsonl"),
  ).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("changes.jsonl is a broken link. Name another file."),
  });
  expect(existsSync(join(folder, ".data", "https.pem"))).toBe(false);
});

test("a backup does not replace a database whose last changes are beside it", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), report);
  await runFacade({ folder }, "import", "report.csv");
  const serving = await startServing({ folder }, "--data", "other");
  await runFacade({ folder }, "import", "report.csv", "--data", "other");
  const file = join(folder, "other", "install-summary.db");
  const before = readFileSync(file);
  expect(await runFacade({ folder }, "backup", file, "--replace")).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining(`is a database whose last changes are in ${file}-wal`),
  });
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(await serving.stop("SIGTERM")).toBe(0);
});

test("--diff does not write over the report that standard input is read from, by whichever name", async () => {
  const folder = temporaryFolder();
  const original = join(folder, "original.csv");
  writeFileSync(original, report);
  symlinkSync("report.csv", join(folder, "link.csv"));
  copyFileSync(original, join(folder, "report.csv"));
  for (const name of ["report.csv", "link.csv"]) {
    const within = ["sh", "-c", 'exec "$0" "$@" < report.csv'];
    expect(await runFacade({ folder, within }, "import", "-", "--diff", name)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining(`--diff would write over the report ${name}. Name another file.`),
    });
  }
  expect(readFileSync(join(folder, "report.csv"), "utf8")).toBe(report);
  const within = ["sh", "-c", 'exec "$0" "$@" < report.csv'];
  expect(await runFacade({ folder, within }, "import", "-", "--diff", "changes.jsonl")).toMatchObject({
    exit: 0,
    stdout: "3 created, 0 changed, 0 unchanged, 0 rejected.\n",
  });
});
