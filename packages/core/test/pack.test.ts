import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod";

// The package as its users get it: packed, and installed into a project outside this workspace.

const run = promisify(execFile);
const packageFolder = fileURLToPath(new URL("..", import.meta.url));

const script = `
import { applyPatch, counters, parsePatch, type InstallSummary } from "@install-summary/core";
import { createInstallSummaryClient, type InstallSummaryClient } from "@install-summary/core/client";
import { goldenPairs } from "@install-summary/core/contract";
import { readReport, writeReport } from "@install-summary/core/report";

const client: InstallSummaryClient = createInstallSummaryClient({ baseUrl: "http://127.0.0.1:1/beta", token: () => "x" });
const zero = Object.fromEntries(counters.map(({ name }) => [name, 0]));
const summary = { id: "06a792e9-92e9-06a7-e992-a706e992a706", ...parsePatch(zero) } as InstallSummary;
const patch = parsePatch({ failedDeviceCount: 4 });
for await (const row of readReport(writeReport([{ app: { id: summary.id }, patch: applyPatch(summary, patch) }]))) {
  console.log(JSON.stringify([typeof client.get, goldenPairs.length, "patch" in row ? row.patch.failedDeviceCount : row.problem]));
}
`;

test(
  "the packed package installs, type-checks and runs in a project of its own",
  { timeout: 180_000 },
  async ({ skip }) => {
    // The pnpm that runs this test: a second npx would ask the registry, and wait for the first one.
    await run("pnpm", ["--version"]).catch(() => skip("pnpm is not on the PATH"));
    const folder = await mkdtemp(join(tmpdir(), "install-summary-pack-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await run("pnpm", ["pack", "--pack-destination", folder], { cwd: packageFolder });
    const [tarball = ""] = await readdir(folder);

    await writeJson("package.json", {
      type: "module",
      private: true,
      dependencies: { "@install-summary/core": `file:./${tarball}` },
    });
    await writeFile(join(folder, "main.ts"), script);
    await run("pnpm", ["install", "--prefer-offline", "--ignore-workspace"], { cwd: folder });

    const packageJson = await readFile(
      join(folder, "node_modules/@install-summary/core/package.json"),
      "utf8",
    );
    const installed = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(packageJson));
    expect(Object.values(installed.dependencies).filter((range) => !/^\^[0-9]/.test(range))).toEqual([]);

    // The declarations are checked too, with both module resolutions of TypeScript.
    for (const module of ["nodenext", "esnext"]) {
      await writeJson("tsconfig.json", {
        compilerOptions: {
          module,
          moduleResolution: module === "esnext" ? "bundler" : "nodenext",
          target: "es2024",
          lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
          types: [],
          strict: true,
          exactOptionalPropertyTypes: true,
          noEmit: true,
        },
      });
      await run(join(packageFolder, "node_modules/.bin/tsc"), ["-p", folder]);
    }
    const { stdout } = await run("node", ["main.ts"], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual(["function", 134, 4]);

    async function writeJson(name: string, content: unknown): Promise<void> {
      await writeFile(join(folder, name), JSON.stringify(content));
    }
  },
);
