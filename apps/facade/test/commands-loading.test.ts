import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { type Place, program, runFacade, startServing } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

const coverageSchema = z.object({ result: z.array(z.object({ url: z.string() })) });
const sourceMapSchema = z.object({ sources: z.array(z.string()) });

/** The packages whose code the built program loads while it runs, by the source maps of its files. */
async function loadedPackages(run: (place: Place) => Promise<unknown>): Promise<ReadonlySet<string>> {
  const packages = new Set<string>();
  for (const file of await loadedFiles(run)) for (const name of await packagesIn(file)) packages.add(name);
  return packages;
}

/** The files that the built program loads while it runs, by Node's coverage. */
async function loadedFiles(run: (place: Place) => Promise<unknown>): Promise<readonly string[]> {
  const coverage = await mkdtemp(join(tmpdir(), "install-summary-coverage-"));
  try {
    const env = { NODE_V8_COVERAGE: coverage };
    await run({ folder: temporaryFolder(), env });
    const loaded = new Set<string>();
    for (const file of await readdir(coverage)) {
      const { result } = coverageSchema.parse(JSON.parse(await readFile(join(coverage, file), "utf8")));
      for (const { url } of result) if (url.startsWith("file:")) loaded.add(fileURLToPath(url));
    }
    expect([...loaded]).toContain(program);
    return [...loaded];
  } finally {
    await rm(coverage, { recursive: true });
  }
}

/** Serves one request of a path. */
async function serve(place: Place, path: string): Promise<void> {
  const serving = await startServing(place);
  const { origin } = new URL(serving.url);
  expect((await fetch(origin + path)).status).toBe(200);
  expect(await serving.stop("SIGTERM")).toBe(0);
}

async function packagesIn(chunk: string): Promise<readonly string[]> {
  const { sources } = sourceMapSchema.parse(JSON.parse(await readFile(`${chunk}.map`, "utf8")));
  return sources.map((source) => {
    const [, other] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source) ?? [];
    return other ?? (source.includes("/packages/core/") ? "core" : "ours");
  });
}

test("--help loads four files, since each costs as much as much of its code", async () => {
  const files = await loadedFiles((place) => runFacade(place, "--help"));
  expect(files).toHaveLength(4);
});

test.each([[["--help"]], [["--version"]], [["serve", "--help"]]])(
  "%j loads no package but the one that reads the command line",
  async (args) => {
    expect(existsSync(program), "build the facade first, with pnpm build").toBe(true);
    const loaded = await loadedPackages(async (place) => {
      expect(await runFacade(place, ...args)).toMatchObject({ exit: 0, stderr: "" });
    });
    expect([...loaded].toSorted()).toEqual(["@stricli/core", "ours"]);
  },
);

test("serve loads what describes it, counts and traces only where that is asked for", async () => {
  const onDemand = ["zod-openapi", "prom-client", "@opentelemetry/api"];
  const usual = await loadedPackages((place) => serve(place, "/livez"));
  expect(usual).toContain("hono");
  expect(onDemand.filter((name) => usual.has(name))).toEqual([]);
  const described = await loadedPackages((place) => serve(place, "/openapi.json"));
  expect(onDemand.filter((name) => described.has(name))).toEqual(["zod-openapi"]);
});
