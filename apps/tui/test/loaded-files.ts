import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import * as z from "zod";
import { program } from "./run-program.ts";

const coverageSchema = z.object({ result: z.array(z.object({ url: z.string() })) });
const sourceMapSchema = z.object({ sources: z.array(z.string()) });

/** The files that the program loads, by Node's coverage, as `run` runs it with these variables until it ends. */
export async function filesLoadedBy(
  run: (env: Readonly<Record<string, string>>) => Promise<void>,
): Promise<readonly string[]> {
  const coverage = await mkdtemp(join(tmpdir(), "install-summary-coverage-"));
  try {
    await run({ NODE_V8_COVERAGE: coverage });
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

/** The packages whose code is in files, by their source maps; `ours` for this repository's. */
export async function packagesIn(files: readonly string[]): Promise<ReadonlySet<string>> {
  const packages = new Set<string>();
  for (const file of files) {
    const { sources } = sourceMapSchema.parse(JSON.parse(await readFile(`${file}.map`, "utf8")));
    for (const source of sources)
      packages.add(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? "ours");
  }
  return packages;
}
