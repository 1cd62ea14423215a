import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { report } from "./facades.ts";
import { runFacade, type Place } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

/** A command that runs the program as a user to whom modes apply. */
const within =
  process.geteuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];

beforeEach((context) => {
  context.skip(process.geteuid === undefined, "this system has no modes that close a folder to its user");
  if (within.length === 0) return;
  const [command, ...words] = [...within, process.execPath, "--version"];
  const tried = spawnSync(command, words, { encoding: "utf8" });
  if (tried.status !== 0)
    context.skip(`no ordinary user can run Node: ${tried.error?.message ?? tried.stderr}`);
});

/** A folder with a store and a backup of the user, and a folder that the user cannot look into. */
async function closedFolder(): Promise<{ readonly place: Place; readonly folder: string }> {
  const folder = temporaryFolder();
  chmodSync(folder, 0o777);
  const place = { folder, within };
  writeFileSync(join(folder, "apps.csv"), report);
  expect(await runFacade(place, "import", "apps.csv", "--data", "own")).toMatchObject({ exit: 0 });
  expect(await runFacade(place, "backup", "good.db", "--data", "own")).toMatchObject({ exit: 0 });
  mkdirSync(join(folder, "locked"));
  copyFileSync(join(folder, "good.db"), join(folder, "locked", "store.db"));
  close(join(folder, "locked"), 0);
  symlinkSync("loop", join(folder, "loop"));
  return { place, folder };
}

/** Takes permissions of a folder from its user too, until the test is done. */
function close(folder: string, mode: number): void {
  chmodSync(folder, mode);
  onTestFinished(() => chmodSync(folder, 0o700));
}

/** Every use that a command makes of a path. */
const uses = (path: string): readonly (readonly string[])[] => [
  ["import", "apps.csv", "--data", "own", "--diff", path],
  ["import", "apps.csv", "--data", "own", "--diff", path, "--dry-run"],
  ["import", path, "--data", "own"],
  ["import", "apps.csv", "--data", "new", "--store", `sqlite:${path}`],
  ["import", "apps.csv", "--data", path],
  ["restore", path, "--data", "own"],
  ["restore", "good.db", "--data", "own", "--store", `sqlite:${path}`],
  ["backup", path, "--data", "own"],
  ["backup", "new.db", "--data", "own", "--store", `sqlite:${path}`],
  ["export", path, "--data", "own"],
  ["export", "-", "--data", "own", "--store", `sqlite:${path}`],
  ["export", "-", "--data", path],
  ["erase", "--tenant", developmentTenantId, "--yes", "--store", `sqlite:${path}`],
  ["serve", "--port", "0", "--data", "own", "--store", `sqlite:${path}`],
  ["serve", "--port", "0", "--data", path],
  ["token", "--data", path],
  ["doctor", "--port", "0", "--data", "own", "--store", `sqlite:${path}`],
  ["doctor", "--port", "0", "--data", path],
];

test.each([
  { path: "locked/store.db", why: "permission denied", times: 1 },
  // One translator tells all faults, so a few uses show the others.
  { path: "loop", why: "its symbolic links form a loop", times: 6 },
  { path: "n".repeat(300), why: "its name is too long", times: 6 },
])("a path that cannot be looked at is told as one by every command: $why", async ({ path, why, times }) => {
  const { place, folder } = await closedFolder();
  for (const words of uses(path).filter((_, index) => index % times === 0)) {
    const { exit, stdout, stderr } = await runFacade(place, ...words);
    const told = stdout + stderr;
    expect({ words, exit, told }).toEqual({ words, exit: 2, told: expect.stringContaining(`: ${why}`) });
    expect({ words, told }).not.toEqual({ words, told: expect.stringMatching(/bug|not there|not exist/) });
  }
  expect(existsSync(join(folder, "new.db"))).toBe(false);
});

test("a tenant that was erased is told as erased where the copies beside the store cannot be listed", async () => {
  const { place, folder } = await closedFolder();
  const own = join(folder, "own");
  close(own, 0o300);
  const { exit, stdout, stderr } = await runFacade(
    place,
    "erase",
    "--tenant",
    developmentTenantId,
    "--yes",
    "--data",
    own,
  );
  expect({ exit, stdout }).toEqual({
    exit: 7,
    stdout: expect.stringContaining("no longer holds the tenant's id"),
  });
  expect(stderr).toContain(
    `The path ${own} cannot be used: permission denied. The tenant is erased. Copies of the store that are kept beside it still hold what they held: look for them there.`,
  );
});
