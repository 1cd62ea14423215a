import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import * as z from "zod";

// The package as its users get it: packed, and installed into a project outside this workspace.

const run = promisify(execFile);
const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const newest = await zodOf(import.meta.url);
const oldest = await zodOf(import.meta.resolve("@tooling/oldest-zod/package.json"));
const nodeTypes = createRequire(import.meta.url).resolve("@types/node/package.json");

const script = `
import { applyPatch, counters, installSummaryPatchSchema, parsePatch, type InstallSummary, type InstallSummaryPatch } from "@install-summary/core";
import { createInstallSummaryClient, type InstallSummaryClient } from "@install-summary/core/client";
import { goldenPairs } from "@install-summary/core/contract";
import { readReport, writeReport } from "@install-summary/core/report";
import * as z from "zod";

const client: InstallSummaryClient = createInstallSummaryClient({ baseUrl: "http://127.0.0.1:1/beta", token: () => "x" });
const zero = Object.fromEntries(counters.map(({ name }) => [name, 0]));
const summary = { id: "06a792e9-92e9-06a7-e992-a706e992a706", ...parsePatch(zero) } as InstallSummary;
const patch = parsePatch({ failedDeviceCount: 4 });
const schema: z.ZodType<InstallSummaryPatch, InstallSummaryPatch> = installSummaryPatchSchema;
const inside = z.object({ mine: schema }).toJSONSchema().properties?.["mine"];
for await (const row of readReport(writeReport([{ app: { id: summary.id }, patch: applyPatch(summary, patch) }]))) {
  console.log(JSON.stringify([
    typeof client.get,
    goldenPairs.length,
    "patch" in row ? row.patch.failedDeviceCount : row.problem,
    typeof inside === "object" && inside.additionalProperties,
    z.core.version,
  ]));
}
`;

const dom = { lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"], types: [] };
const compilerOptions = {
  "the DOM's types and strict optional properties": {
    ...dom,
    module: "nodenext",
    exactOptionalPropertyTypes: true,
  },
  "a bundler's resolution and plain strict": { ...dom, module: "esnext", moduleResolution: "bundler" },
  "the types of Node instead of the DOM's": {
    lib: ["es2024"],
    types: ["node"],
    typeRoots: [join(nodeTypes, "../..")],
    module: "nodenext",
  },
};

let place = "";
/** The package, packed once; undefined where pnpm is not on the PATH. */
let tarball: string | undefined;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "install-summary-pack-"));
  // The pnpm that runs this test: a second npx would ask the registry, and wait for the first one.
  const hasPnpm = await run("pnpm", ["--version"]).then(
    () => true,
    () => false,
  );
  if (!hasPnpm) return;
  await run("pnpm", ["pack", "--out", join(place, "core.tgz")], { cwd: packageFolder });
  tarball = join(place, "core.tgz");
});
afterAll(() => rm(place, { recursive: true }));

test.for([newest, oldest])(
  "the packed package installs, type-checks and runs with zod %s in a project of its own",
  { timeout: 180_000 },
  async (version, { skip }) => {
    if (tarball === undefined) skip("pnpm is not on the PATH");
    const folder = await mkdtemp(join(tmpdir(), "install-summary-pack-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));

    await writeJson("package.json", {
      type: "module",
      private: true,
      dependencies: { "@install-summary/core": `file:${tarball}`, zod: version },
    });
    await writeFile(join(folder, "main.ts"), script);
    await run("pnpm", ["install", "--prefer-offline", "--ignore-workspace", "--strict-peer-dependencies"], {
      cwd: folder,
    });

    const installed = z
      .object({
        dependencies: z.record(z.string(), z.string()),
        peerDependencies: z.record(z.string(), z.string()),
      })
      .parse(await readJson(join(folder, "node_modules/@install-summary/core/package.json")));
    expect(Object.values(installed.dependencies).filter((range) => !/^\^[0-9]/.test(range))).toEqual([]);
    expect(installed.peerDependencies).toEqual({ zod: `^${oldest}` });

    // The declarations are checked too.
    for (const [name, options] of Object.entries(compilerOptions)) {
      await writeJson("tsconfig.json", {
        compilerOptions: { target: "es2024", strict: true, noEmit: true, ...options },
      });
      const { stdout } = await run(join(packageFolder, "node_modules/.bin/tsc"), ["-p", folder]).catch(
        (error: unknown) => z.object({ stdout: z.string() }).parse(error),
      );
      expect({ [name]: stdout }).toEqual({ [name]: "" });
    }
    const { stdout } = await run("node", ["main.ts"], { cwd: folder });
    const [major, minor, patch] = version.split(".").map(Number);
    expect(JSON.parse(stdout)).toEqual(["function", 200, 4, false, { major, minor, patch }]);

    async function writeJson(name: string, content: unknown): Promise<void> {
      await writeFile(join(folder, name), JSON.stringify(content));
    }
  },
);

/** The version of the zod that a package has. */
async function zodOf(url: string): Promise<string> {
  const content = await readJson(createRequire(url).resolve("zod/package.json"));
  return z.object({ version: z.string() }).parse(content).version;
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8"));
}
