import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { reasonAgainst } from "../src/processes/programs.ts";

const program = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const missing = reasonAgainst("ps", "-eo", "args");

test("a run that is interrupted leaves neither a facade nor a folder", async ({ skip }) => {
  skip(missing !== undefined, missing);
  const folder = await mkdtemp(join(tmpdir(), "interrupted-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const args = ["--conditions=@install-summary/source", program, "kill"];
  const run = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: folder }, stdio: "ignore" });
  onTestFinished(() => void run.kill("SIGKILL"));
  const facades = (): readonly string[] =>
    execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(" serve ") && line.includes(folder));
  await expect.poll(facades, { timeout: 60_000 }).not.toEqual([]);
  run.kill("SIGTERM");
  expect(await once(run, "exit")).toEqual([143, null]);
  await expect.poll(facades, { timeout: 60_000 }).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});
