import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { builtProgram, runFacade } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

const coverageSchema = z.object({ result: z.array(z.object({ url: z.string() })) });
const sourceMapSchema = z.object({ sources: z.array(z.string()) });

/** The packages whose code the built program loads, by Node's coverage of its chunks and their source maps. */
async function loadedPackages(args: readonly string[]): Promise<ReadonlySet<string>> {
  const coverage = await mkdtemp(join(tmpdir(), "install-summary-coverage-"));
  try {
    const env = { NODE_V8_COVERAGE: coverage };
    const ended = await runFacade({ folder: temporaryFolder(), program: builtProgram, env }, ...args);
    expect(ended).toMatchObject({ exit: 0, stderr: "" });
    const packages = new Set<string>();
    for (const file of await readdir(coverage)) {
      const { result } = coverageSchema.parse(JSON.parse(await readFile(join(coverage, file), "utf8")));
      const chunks = result.map(({ url }) => url).filter((url) => url.startsWith("file:"));
      expect(chunks.map((url) => fileURLToPath(url))).toContain(builtProgram);
      for (const chunk of chunks)
        for (const name of await packagesIn(fileURLToPath(chunk))) packages.add(name);
    }
    return packages;
  } finally {
    await rm(coverage, { recursive: true });
  }
}

async function packagesIn(chunk: string): Promise<readonly string[]> {
  const { sources } = sourceMapSchema.parse(JSON.parse(await readFile(`${chunk}.map`, "utf8")));
  return sources.map((source) => {
    const [, other] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source) ?? [];
    return other ?? (source.includes("/packages/core/") ? "core" : "ours");
  });
}

test.each([[["--help"]], [["--version"]], [["serve", "--help"]]])(
  "%j loads no package but the one that reads the command line",
  async (args) => {
    expect(existsSync(builtProgram), "build the facade first, with pnpm build").toBe(true);
    expect([...(await loadedPackages(args))].toSorted()).toEqual(["@stricli/core", "ours"]);
  },
);
