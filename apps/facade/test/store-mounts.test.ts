import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, expect, test } from "vitest";
import { report } from "./facades.ts";
import { appId } from "./samples.ts";
import { runFacade, startServing, type Place } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

/** A command that sees `source` at `target` too, as a container sees what is mounted into it. */
function seeing(source: string, target: string): readonly string[] {
  const script = `mount --bind "$0" "$1" && shift && exec "$@"`;
  return ["unshare", "-rm", "sh", "-c", script, source, target];
}

/** A command to which a folder is on a disk that became read-only. */
function readingOnly(folder: string): readonly string[] {
  const script = `mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"`;
  return ["unshare", "-rm", "sh", "-c", script, folder];
}

beforeEach((context) => {
  const folder = temporaryFolder();
  const tried = spawnSync("unshare", ["-rm", "mount", "--bind", folder, folder], { encoding: "utf8" });
  if (tried.status !== 0) context.skip(`nothing can be mounted: ${tried.error?.message ?? tried.stderr}`);
});

test("a store that is mounted as a single file is refused by every command, while its own facade goes on", async () => {
  const folder = temporaryFolder();
  const own = join(folder, "own");
  const file = join(own, "install-summary.db");
  // A blank in the path is written in another way in the list of mounts.
  const other = join(folder, "other place");
  const mounted = join(other, "install-summary.db");
  writeFileSync(join(folder, "apps.csv"), report);
  await runFacade({ folder }, "import", "apps.csv", "--data", own);
  expect(await runFacade({ folder }, "backup", "good.db", "--data", own)).toMatchObject({ exit: 0 });
  const serving = await startServing({ folder }, "--data", own);
  mkdirSync(other, { mode: 0o700 });
  writeFileSync(mounted, "");
  const place: Place = { folder, within: seeing(file, mounted) };
  const message = `The store ${mounted} is mounted as a single file. SQLite keeps a log beside each path of a file, so changes made here and changes made in the file's own folder are lost to each other. Mount that folder instead, and name it with --data.`;
  for (const words of [
    ["serve", "--port", "0"],
    ["import", "apps.csv"],
    ["export"],
    ["erase", "--tenant", "3f2a6d1e-0c57-4a7e-9d3a-111111111111", "--yes"],
    ["backup", "copy.db"],
    ["restore", "good.db"],
  ]) {
    const ended = await runFacade(place, ...words, "--data", other);
    expect({ words, ...ended }).toEqual({
      words,
      exit: 2,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  }
  const doctor = await runFacade(place, "doctor", "--port", "0", "--data", other);
  expect(doctor).toMatchObject({ exit: 2, stdout: expect.stringContaining(`FAIL  store        ${message}`) });
  expect((await fetch(new URL("/readyz", serving.url))).status).toBe(200);
  expect(await runFacade({ folder }, "export", "--data", own)).toMatchObject({ exit: 0 });
});

test("a folder that is mounted in a second place has one lock, and one log", async () => {
  const folder = temporaryFolder();
  const [own, other] = [join(folder, "own"), join(folder, "other")];
  for (const data of [own, other]) mkdirSync(data, { mode: 0o700 });
  await startServing({ folder }, "--data", own);
  const place: Place = { folder, within: seeing(own, other) };
  const second = await runFacade(place, "serve", "--port", "0", "--data", other);
  expect(second).toMatchObject({ exit: 2, stderr: expect.stringContaining("Another facade serves") });
  writeFileSync(join(folder, "apps.csv"), report);
  expect(await runFacade(place, "import", "apps.csv", "--data", other)).toMatchObject({ exit: 0 });
  const [here, there] = [
    await runFacade({ folder }, "export", "--data", own),
    await runFacade(place, "export", "--data", other),
  ];
  expect(here.stdout).toContain("06a792e9-92e9-06a7-e992-a706e992a706");
  expect(there).toEqual(here);
});

test.each([
  { what: "whose facade was killed", signal: "SIGKILL", told: "may hold changes whose callers got an error" },
  { what: "whose facade was stopped", signal: "SIGTERM", told: "is whole: 1 tenant, 3 apps and 4 changes" },
] as const)(
  "a store $what is copied, exported and checked on a disk that became read-only",
  async ({ signal, told }) => {
    const folder = temporaryFolder();
    const own = join(folder, "own");
    writeFileSync(join(folder, "apps.csv"), report);
    await runFacade({ folder }, "import", "apps.csv", "--data", own);
    const serving = await startServing({ folder }, "--data", own);
    const token = (await runFacade({ folder }, "token", "--data", own)).stdout.trim();
    const path = `/beta/deviceAppManagement/mobileApps/${appId}/installSummary`;
    const patched = await fetch(new URL(path, serving.url), {
      method: "PATCH",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ failedDeviceCount: 77 }),
    });
    expect(patched.status).toBe(200);
    await serving.stop(signal);
    const place: Place = { folder, within: readingOnly(own) };
    const copied = await runFacade(place, "backup", "copy.db", "--data", own);
    expect(copied).toMatchObject({ exit: 0, stderr: "", stdout: expect.stringContaining(told) });
    expect(copied.stdout).toContain("is whole: 1 tenant, 3 apps and 4 changes");
    const exported = await runFacade(place, "export", "--data", own);
    expect(exported).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^06a792e9.*,77,/m) });
    expect(exported.stderr).toBe(
      signal === "SIGTERM"
        ? ""
        : `The log ${join(own, "install-summary.db")}-wal could not be written anew. It cannot be used: the disk is read-only. The report may hold changes whose callers got an error.\n`,
    );
    const doctor = await runFacade(place, "doctor", "--port", "0", "--data", own);
    expect(doctor.stdout).toContain("ok    lock         no facade serves the data folder");
    expect(doctor.stdout).toMatch(/ok {4}store {8}.* is whole, and its 4 changes come to its summaries/);
  },
);

test("a facade whose disk became read-only is known to serve, and its store is copied beside it", async () => {
  const folder = temporaryFolder();
  const own = join(folder, "own");
  writeFileSync(join(folder, "apps.csv"), report);
  await runFacade({ folder }, "import", "apps.csv", "--data", own);
  await startServing({ folder }, "--data", own);
  const place: Place = { folder, within: readingOnly(own) };
  expect(await runFacade(place, "backup", "copy.db", "--data", own)).toMatchObject({ exit: 0, stderr: "" });
  expect(await runFacade(place, "export", "--data", own)).toMatchObject({
    exit: 0,
    stderr: "",
    stdout: expect.stringContaining(appId),
  });
  const doctor = await runFacade(place, "doctor", "--port", "0", "--data", own);
  expect(doctor.stdout).toContain("ok    lock         a facade serves the data folder");
});

test("a store of an older version is not exported from a disk that is read-only, and export says how to", async () => {
  const folder = temporaryFolder();
  const own = join(folder, "own");
  const file = join(own, "install-summary.db");
  writeFileSync(join(folder, "apps.csv"), report);
  await runFacade({ folder }, "import", "apps.csv", "--data", own);
  const database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 3");
  database.close();
  expect(await runFacade({ folder, within: readingOnly(own) }, "export", "--data", own)).toEqual({
    exit: 2,
    stdout: "",
    stderr: `install-summary-facade: The store ${file} was written by an older version, and cannot be written here to migrate it. Copy it with backup, restore the copy into a folder that can be written, and read that.\n`,
  });
});
