import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { report } from "./facades.ts";
import { runFacade, type Place } from "./programs.ts";
import { appId } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

/** A command that runs the program as a user to whom modes apply. */
const within =
  process.geteuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];

beforeEach((context) => {
  context.skip(process.geteuid === undefined, "this system has no modes");
  const [command, ...words] = [...within, process.execPath, "--version"];
  const tried = spawnSync(command, words, { encoding: "utf8" });
  if (tried.status !== 0)
    context.skip(`no ordinary user can run Node: ${tried.error?.message ?? tried.stderr}`);
});

/** A data folder that everyone may read and only the superuser may write. */
async function readOnlyFolder(): Promise<{
  readonly place: Place;
  readonly own: string;
  readonly file: string;
}> {
  const folder = temporaryFolder();
  const own = join(folder, "own");
  const file = join(own, "install-summary.db");
  writeFileSync(join(folder, "apps.csv"), report);
  expect((await runFacade({ folder }, "import", "apps.csv", "--data", own)).exit).toBe(0);
  expect(existsSync(`${file}-wal`)).toBe(false);
  chmodSync(file, 0o444);
  chmodSync(own, 0o555);
  // Otherwise only root could remove it. The hook that is registered last runs first.
  onTestFinished(() => chmodSync(own, 0o755));
  chmodSync(folder, 0o755);
  return { place: { folder, within }, own, file };
}

test("a store in a folder that cannot be written is exported and copied", async () => {
  const { place, own } = await readOnlyFolder();
  expect(await runFacade(place, "export", "--data", own)).toMatchObject({
    exit: 0,
    stderr: "",
    stdout: expect.stringContaining(appId),
  });
  const target = join(temporaryFolder(), "open");
  mkdirSync(target);
  chmodSync(target, 0o777);
  chmodSync(join(target, ".."), 0o755);
  expect(await runFacade(place, "backup", join(target, "copy.db"), "--data", own)).toMatchObject({
    exit: 0,
    stderr: "",
    stdout: expect.stringContaining("is whole: 1 tenant, "),
  });
});

test("what is read there says so where another user has written the store meanwhile", async () => {
  const { file } = await readOnlyFolder();
  const [watching, opening] = [
    "../src/files/existing-database.ts",
    "../src/store/sqlite/refuse-other-log.ts",
  ].map((module) => JSON.stringify(new URL(module, import.meta.url).href));
  const script = `import { watchImmutable } from ${watching};
    import { takeToRead } from ${opening};
    const [file] = process.argv.slice(1);
    const check = watchImmutable(file);
    takeToRead(file).exec("SELECT count(*) FROM install_summary");
    check();
    console.log("read");
    process.stdin.once("data", () => {
      try { check(); } catch (error) { console.log(error.message); }
      process.exit();
    });`;
  const node = [process.execPath, "--conditions=@install-summary/source", "--input-type=module"];
  const [command, ...words] = [...within, ...node, "--eval", script, file];
  const child = spawn(command, words, { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  utimesSync(file, 0, 0);
  child.stdin.write("check\n");
  expect(await text(child.stdout)).toContain(`The store ${file} was written while it was read`);
});
