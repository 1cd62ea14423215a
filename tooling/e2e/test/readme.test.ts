import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { exampleSummary } from "@install-summary/core/contract";
import { expect, test } from "vitest";
import { root, fromSources } from "@tooling/launch/project";
import { connect, developmentToken } from "../src/connect.ts";
import { createSandbox, type Sandbox } from "../src/sandbox.ts";
import { hasProgram } from "../src/has-program.ts";
import { runStart } from "../src/run-start.ts";

const run = promisify(execFile);
const payroll = exampleSummary.id;

/**
 * A block of the README, changed to run in a sandbox instead of the checkout, and with the pnpm that runs this test,
 * since npx asks the registry each time.
 */
async function readBlock(heading: string, sandbox: Sandbox): Promise<string> {
  const text = await readFile(join(root, "README.md"), "utf8");
  const [, block = ""] = /^```\w+\n(.*?)^```$/ms.exec(text.slice(text.indexOf(heading))) ?? [];
  if (block === "") throw new Error(`The README has no block below ${heading}`);
  return block.replaceAll(":8420", `:${sandbox.port}`).replaceAll("npx -y pnpm@12", `pnpm --dir '${root}'`);
}

async function serve(): Promise<Sandbox> {
  const sandbox = await createSandbox();
  await runStart(sandbox).prints("Read it back:");
  return sandbox;
}

test("the README's commands in the terminal work", async ({ skip }) => {
  for (const program of ["bash", "pnpm"]) if (!hasProgram(program)) skip(`${program} is not on the PATH`);
  const sandbox = await serve();
  const block = await readBlock("**In the terminal.**", sandbox);
  const url = `http://127.0.0.1:${sandbox.port}/beta`;

  const { stdout } = await run("bash", ["-ec", block], {
    cwd: sandbox.folder,
    env: { ...sandbox.env, INSTALL_SUMMARY_URL: url },
  });

  expect(stdout).toContain("Microsoft Outlook");
  const { summary } = await (await connect(sandbox)).get(payroll);
  expect(summary).toMatchObject({ failedDeviceCount: 8, pendingInstallUserCount: 270 });
});

test("the README's lines for curl work", async ({ skip }) => {
  for (const program of ["bash", "curl", "pnpm"])
    if (!hasProgram(program)) skip(`${program} is not on the PATH`);
  const sandbox = await serve();
  const block = await readBlock("**Over REST**", sandbox);

  const { stdout } = await run("bash", ["-ec", block], { cwd: sandbox.folder, env: { ...sandbox.env } });

  expect(stdout).toContain('"displayName":"Contoso Payroll');
  expect(stdout).toContain('"failedDeviceCount":8');
  expect((await (await connect(sandbox)).get(payroll)).etag).toBe('W/"2"');
});

test("the README's code works", async () => {
  const sandbox = await serve();
  const block = await readBlock("**In code**", sandbox);
  const source = `const token = ${JSON.stringify(await developmentToken(sandbox))};\n${block}`;

  await run(process.execPath, [fromSources, "--input-type=module-typescript", "--eval", source], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
  });

  expect((await (await connect(sandbox)).get(payroll)).summary.failedDeviceCount).toBe(8);
});
