import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { report, summary } from "./facades.ts";
import { runFacade, startServing } from "./programs.ts";
import { appId } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

/** A store in `.data`, and where it is moved to. */
async function importedStore() {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "apps.csv"), report);
  expect(await runFacade({ folder }, "import", "apps.csv")).toMatchObject({ exit: 0 });
  mkdirSync(join(folder, "big"));
  return {
    folder,
    file: join(folder, ".data", "install-summary.db"),
    moved: join(folder, "big", "moved.db"),
  };
}

/** Serves it until a change with a number of failed devices is acknowledged. */
async function serveChanged(folder: string, failedDeviceCount: number) {
  const serving = await startServing({ folder });
  const authorization = `Bearer ${(await runFacade({ folder }, "token")).stdout.trim()}`;
  const patch = (value: number) =>
    fetch(new URL(summary, serving.url), {
      method: "PATCH",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ failedDeviceCount: value }),
    });
  expect((await patch(failedDeviceCount)).status).toBe(200);
  return { serving, patch };
}

/** What an export is like that has the changed number of failed devices. */
function exportWith(failedDeviceCount: number) {
  const stdout = expect.stringMatching(new RegExp(`^${appId},.*,${failedDeviceCount},`, "m"));
  return { exit: 0, stdout };
}

/** Each command that opens the store, also as what is restored; there is a backup `good.db`. */
const everyCommand = [
  ["serve", "--port", "0"],
  ["import", "apps.csv"],
  ["export"],
  ["erase", "--tenant", "3f2a6d1e-0c57-4a7e-9d3a-111111111111", "--yes"],
  ["backup", "copy.db"],
  ["restore", "good.db"],
  ["restore", ".data/install-summary.db", "--data", "other"],
];

test("a store that is moved and linked from its old place while it is served takes no change any more, and loses none", async () => {
  const { folder, file, moved } = await importedStore();
  const { serving, patch } = await serveChanged(folder, 77);
  const ended = new Promise((resolve) => serving.child.once("exit", resolve));
  renameSync(file, moved);
  symlinkSync(moved, file);
  // Where it is heard before the process ends.
  expect(
    await patch(78).then(
      ({ status }) => status,
      () => 503,
    ),
  ).toBe(503);
  expect(await ended).toBe(7);
  expect(await runFacade({ folder }, "export")).toMatchObject(exportWith(77));
});

test("a store that is moved and linked after its facade was killed is refused by every command until its log is beside it", async () => {
  const { folder, file, moved } = await importedStore();
  const { serving } = await serveChanged(folder, 77);
  expect(await runFacade({ folder }, "backup", "good.db")).toMatchObject({ exit: 0 });
  await serving.stop("SIGKILL");
  renameSync(file, moved);
  symlinkSync(join("..", "big", "moved.db"), file);
  const message = `The store ${file} is a link to ${moved}, and ${file}-wal lies beside the link, where it is not read. It may hold the last changes: move ${moved} back to ${file}, or, if they may be lost, move ${file}-wal aside.`;
  for (const words of everyCommand) {
    const ended = await runFacade({ folder }, ...words);
    expect({ words, ...ended }).toEqual({
      words,
      exit: 2,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  }
  expect((await runFacade({ folder }, "doctor", "--port", "0")).stdout).toContain(
    `FAIL  store        ${message}`,
  );
  rmSync(file);
  renameSync(moved, file);
  expect(await runFacade({ folder }, "export")).toMatchObject(exportWith(77));
});

test.each([
  ["beside the missing file", (moved: string) => moved],
  ["beside the link", (_moved: string, file: string) => file],
  ["nowhere", () => undefined],
])("a link to a missing store whose log lies %s is refused by every command", async (_where, placeLog) => {
  const { folder, file, moved } = await importedStore();
  expect(await runFacade({ folder }, "backup", "good.db")).toMatchObject({ exit: 0 });
  const { serving } = await serveChanged(folder, 77);
  await serving.stop("SIGKILL");
  const beside = placeLog(moved, file);
  if (beside === undefined) rmSync(`${file}-wal`);
  else renameSync(`${file}-wal`, `${beside}-wal`);
  renameSync(file, `${file}.away`);
  symlinkSync(join("..", "big", "linked.db"), file);
  symlinkSync(moved, join(folder, "big", "linked.db"));
  const message =
    beside === undefined
      ? `The store ${file} is a link to ${moved}, where no file is. Put the store back there, or remove the link to begin with a new one.`
      : `The store ${file} is a link to ${moved}, where no file is, and ${beside}-wal is left of it. Put the store back beside it, or move that file aside.`;
  for (const words of everyCommand.filter((one) => !one.includes("--data"))) {
    const ended = await runFacade({ folder }, ...words);
    expect({ words, ...ended }).toEqual({
      words,
      exit: 2,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  }
  const doctor = await runFacade({ folder }, "doctor", "--port", "0");
  expect(doctor).toMatchObject({ exit: 2, stdout: expect.stringContaining(`FAIL  store        ${message}`) });
  if (beside === undefined) return;
  rmSync(file);
  renameSync(`${file}.away`, file);
  if (beside !== file) renameSync(`${beside}-wal`, `${file}-wal`);
  expect(await runFacade({ folder }, "export")).toMatchObject(exportWith(77));
});

test("the log that a killed facade leaves beside the file of a linked store is known, and read", async () => {
  const { folder, file, moved } = await importedStore();
  renameSync(file, moved);
  symlinkSync(moved, file);
  const { serving } = await serveChanged(folder, 79);
  await serving.stop("SIGKILL");
  expect((await runFacade({ folder }, "doctor", "--port", "0")).stdout).toContain(
    "its log may hold changes that are not on the disk yet",
  );
  expect(await runFacade({ folder }, "export")).toMatchObject(exportWith(79));
});

test("what a served store was moved to is left alone by every command until its facade has ended, whose changes are there then", async () => {
  const { folder, moved, file } = await importedStore();
  expect(await runFacade({ folder }, "backup", "good.db")).toMatchObject({ exit: 0 });
  const { serving } = await serveChanged(folder, 81);
  // While it stands still it cannot see what became of its file.
  serving.child.kill("SIGSTOP");
  renameSync(file, moved);
  symlinkSync(moved, file);
  const run = (...words: readonly string[]) =>
    runFacade({ folder }, ...words, "--store", `sqlite:${moved}`, "--data", join(folder, words.join("-")));
  const refused = `${moved} is locked by another program`;
  // Left over, without the log of a program that has the store open by this name.
  writeFileSync(`${moved}-shm`, new Uint8Array(32_768));
  const before = readdirSync(join(folder, "big"));
  // The store is then what is replaced, and what is restored.
  const restores = await Promise.all([
    run("restore", "good.db"),
    runFacade({ folder }, "restore", moved, "--data", "other"),
  ]);
  for (const end of restores)
    expect(end).toEqual({ exit: 7, stdout: "", stderr: expect.stringContaining(refused) });
  expect(readdirSync(join(folder, "big"))).toEqual([...before, "moved.db-lock"].toSorted());
  const ends = await Promise.all([
    run("serve", "--port", "0"),
    run("import", "apps.csv"),
    run("export"),
    run("erase", "--tenant", "3f2a6d1e-0c57-4a7e-9d3a-111111111111", "--yes"),
    run("backup", "copy.db"),
  ]);
  for (const end of ends)
    expect(end).toEqual({ exit: 7, stdout: "", stderr: expect.stringContaining(refused) });
  expect((await run("doctor", "--port", "0")).stdout).toContain(`FAIL  store        The store ${refused}`);
  expect(readdirSync(join(folder, "big"))).not.toContain("moved.db-wal");
  const exit = new Promise((resolve) => serving.child.once("exit", resolve));
  serving.child.kill("SIGCONT");
  expect(await exit).toBe(7);
  expect(await run("export")).toMatchObject(exportWith(81));
});
