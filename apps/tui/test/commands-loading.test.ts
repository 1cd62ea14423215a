import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as z from "zod";
import { google, runSignedIn, useCommandsFixture } from "./commands-fixture.ts";
import { program } from "./run-program.ts";

const fixture = useCommandsFixture();

const coverageSchema = z.object({ result: z.array(z.object({ url: z.string() })) });
const sourceMapSchema = z.object({ sources: z.array(z.string()) });

/** The packages whose code the program loads, by the source maps of its files. */
async function loadedPackages(args: readonly string[]): Promise<ReadonlySet<string>> {
  const packages = new Set<string>();
  for (const file of await loadedFiles(args)) for (const name of await packagesIn(file)) packages.add(name);
  return packages;
}

/** The files that the program loads, by Node's coverage. */
async function loadedFiles(args: readonly string[]): Promise<readonly string[]> {
  const coverage = await mkdtemp(join(tmpdir(), "install-summary-coverage-"));
  try {
    const { exit } = await runSignedIn(fixture.server, args, { env: { NODE_V8_COVERAGE: coverage } });
    expect(exit).toBe(0);
    const files = new Set<string>();
    for (const file of await readdir(coverage)) {
      const { result } = coverageSchema.parse(JSON.parse(await readFile(join(coverage, file), "utf8")));
      for (const { url } of result) if (url.startsWith("file:")) files.add(fileURLToPath(url));
    }
    expect([...files]).toContain(program);
    return [...files];
  } finally {
    await rm(coverage, { recursive: true });
  }
}

async function packagesIn(chunk: string): Promise<readonly string[]> {
  const { sources } = sourceMapSchema.parse(JSON.parse(await readFile(`${chunk}.map`, "utf8")));
  return sources.map((source) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? "ours");
}

test("--help loads three files, since each costs as much as much of its code", async () => {
  expect(await loadedFiles(["--help"])).toHaveLength(3);
});

test.each(["--help", "--version"])("%s loads neither ky nor zod nor Ink", async (option) => {
  const packages = await loadedPackages([option]);
  expect([...packages].toSorted()).toEqual(["@stricli/core", "ours"]);
});

test.each([[["config"]], [["completion", "bash"]], [["complete", "--", "="]]])(
  "%j loads neither ky nor zod nor Ink",
  async (args) => {
    const packages = await loadedPackages(args);
    expect([...packages].filter((name) => /^(?:ky|zod)$|ink|react|yoga|ufuzzy/.test(name))).toEqual([]);
  },
);

test.each([[["list"]], [["get", google]], [["set", google, "failed=1", "--dry-run"]]])(
  "%j loads no Ink",
  async (args) => {
    const packages = await loadedPackages(args);
    expect([...packages]).toEqual(expect.arrayContaining(["ky", "zod", "@stricli/core"]));
    expect([...packages].filter((name) => /ink|react|yoga|ufuzzy|jmespath/.test(name))).toEqual([]);
  },
);
