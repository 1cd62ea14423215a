import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { editorProgram } from "@tooling/launch/project";
import { node22 } from "@tooling/node22";
import { expect, test } from "vitest";
import { createSandbox } from "../src/sandbox.ts";

const run = promisify(execFile);

const facadeProgram = fileURLToPath(
  new URL("dist/bin/install-summary-facade.js", import.meta.resolve("@install-summary/facade/package.json")),
);

test.each([
  ["install-summary-facade", facadeProgram],
  ["install-summary", editorProgram],
])("%s says in an older Node which one it needs, and runs in this one", async (name, program) => {
  const { env } = await createSandbox();
  expect(existsSync(program), "build the programs first, with pnpm build").toBe(true);
  for (const args of [["--version"], ["--help"], []]) {
    await expect(run(node22, [program, ...args], { env: { ...env } })).rejects.toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(
        new RegExp(
          `^${name}: Node 24\\.11 or newer is needed; this is Node 22\\.\\S+\\. .*npx -y node@24 .*\\n$`,
        ),
      ),
    });
  }
  expect((await run(process.execPath, [program, "--version"], { env: { ...env } })).stderr).toBe("");
});
