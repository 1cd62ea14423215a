import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runProgram } from "./run-program.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "install-summary-compiled-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the program with the folder as all that it may keep something in. */
function run(env: Readonly<Record<string, string>> = {}): ReturnType<typeof runProgram> {
  return runProgram(["--help"], { env: { HOME: folder, LOCALAPPDATA: folder, ...env } });
}

async function files(): Promise<readonly string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

test("what Node compiles is kept in the user's cache folder, and read from there", async () => {
  const first = await run();
  expect(first).toMatchObject({ exit: 0, stderr: "" });
  const kept = await files();
  expect(kept.length).toBeGreaterThan(1);
  for (const file of kept) expect(file).toMatch(/[\\/]install-summary[\\/](?:Cache[\\/])?compiled[\\/]/);
  const contents = await Promise.all(kept.map((file) => readFile(file)));
  expect(await run()).toEqual(first);
  expect(await files()).toEqual(kept);
  expect(await Promise.all(kept.map((file) => readFile(file)))).toEqual(contents);
});

test.each([
  ["overwritten", (content: Buffer) => content.fill(0x61)],
  ["overwritten behind its head", (content: Buffer) => content.fill(0x61, 40)],
  ["cut", (content: Buffer) => content.subarray(0, content.length / 2)],
  ["empty", () => Buffer.alloc(0)],
])("what is kept and was %s is compiled anew", async (_what, damage) => {
  const first = await run();
  for (const file of await files()) await writeFile(file, damage(await readFile(file)));
  expect(await run()).toEqual(first);
});

test.skipIf(process.platform === "win32").each(["/proc", "/dev/full", "/nowhere/at/all"])(
  "with a link to %s in place of the folder nothing is kept, and the program runs",
  async (target) => {
    const cache = join(folder, "cache");
    await mkdir(join(cache, "install-summary"), { recursive: true });
    await symlink(target, join(cache, "install-summary", "compiled"));
    expect(await run({ XDG_CACHE_HOME: cache })).toMatchObject({ exit: 0, stderr: "" });
    expect(await files()).toEqual([]);
  },
);

test.each([
  ["an empty home", { HOME: "", USERPROFILE: "", APPDATA: "", LOCALAPPDATA: "" }],
  ["a home that is relative", { HOME: ".", USERPROFILE: ".", APPDATA: ".", LOCALAPPDATA: "." }],
  [
    "folders that are relative",
    { XDG_CONFIG_HOME: ".config", XDG_CACHE_HOME: ".cache", APPDATA: ".", LOCALAPPDATA: "." },
  ],
])("with %s nothing is kept in, or taken from, the folder that one stands in", async (_what, env) => {
  const project = join(folder, "project");
  const theirs = join(project, ".config", "install-summary");
  await mkdir(theirs, { recursive: true });
  await writeFile(join(theirs, "config.json"), "not read");
  // Where the user's own home counts, nothing is kept there by a test.
  const own = { NODE_DISABLE_COMPILE_CACHE: "1", HOME: folder };
  const { exit, stdout } = await runProgram(["config", "--path"], { env: { ...own, ...env }, cwd: project });
  expect({ exit, isAbsolute: isAbsolute(stdout.trim()) }).toEqual({ exit: 0, isAbsolute: true });
  expect(stdout).not.toContain(project);
  const relative = { HOME: folder, XDG_CACHE_HOME: ".cache" };
  expect(await runProgram(["--help"], { env: relative, cwd: project })).toMatchObject({ exit: 0 });
  expect(await readdir(project)).toEqual([".config"]);
});

test.skipIf(process.platform !== "linux")("a place that refuses folders ends no command", async () => {
  expect(await runProgram(["--help"], { env: { XDG_CACHE_HOME: "/proc/none" } })).toMatchObject({
    exit: 0,
    stderr: "",
  });
});

test.skipIf(process.platform === "win32")(
  "a folder in which others may write is not used, and one that is made is its owner's alone",
  async () => {
    await run();
    const compiled = join(folder, ".cache", "install-summary", "compiled");
    expect((await stat(compiled)).mode & 0o777).toBe(0o700);
    const [kept] = await readdir(compiled);
    await rm(join(compiled, kept ?? ""), { recursive: true });
    await chmod(compiled, 0o770);
    expect(await run()).toMatchObject({ exit: 0, stderr: "" });
    expect(await files()).toEqual([]);
  },
);

test("without a folder for it, or where Node is told to keep nothing, it runs as well", async () => {
  const blocked = join(folder, "file");
  await writeFile(blocked, "");
  expect(await run({ HOME: blocked, LOCALAPPDATA: blocked })).toMatchObject({ exit: 0, stderr: "" });
  expect(await run({ NODE_DISABLE_COMPILE_CACHE: "1" })).toMatchObject({ exit: 0, stderr: "" });
  expect(await files()).toEqual([blocked]);
});
