import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

// The bytes that users of an importer download: each entry bundled, minified and packed, compared with its dependencies
// alone. Their sizes change with their versions, so the ratio has a budget.

/** The schemas that core exports, written by zod alone. */
const zodAlone = `
  import * as z from "zod";
  const counter = z.int().min(0).max(2147483647);
  const counters = {
    installedDeviceCount: counter, failedDeviceCount: counter, notApplicableDeviceCount: counter,
    notInstalledDeviceCount: counter, pendingInstallDeviceCount: counter, installedUserCount: counter,
    failedUserCount: counter, notApplicableUserCount: counter, notInstalledUserCount: counter,
    pendingInstallUserCount: counter,
  };
  export const summary = z.object({ id: z.guid(), ...counters });
  export const patch = z.strictObject(counters).partial();
  export const change = z.object({ appId: z.guid(), origin: z.enum(["api", "editor"]), before: patch, after: patch });
  const text = z.string().nullable().default(null);
  export const app = z.object({ id: z.guid(), displayName: text, notes: text, isAssigned: z.boolean().nullish() });
  export const page = z.object({
    value: z.array(app.extend({ installSummary: summary.optional() })), "@odata.nextLink": z.url().optional(),
  });`;

const ky = 'export { default as ky } from "ky";';
const readers = `export { ZipReader } from "@zip.js/zip.js/lib/zip-core-reader.js"; export { default } from "papaparse";`;

test.each([
  ["@install-summary/core", "zod", zodAlone, 1.484],
  ["@install-summary/core/client", "zod and ky", zodAlone + ky, 1.091],
  ["@install-summary/core/report", "papaparse and zip.js", readers, 1.535],
])("%s is not much larger than %s", async (entry, _what, alone, budget) => {
  const ratio = (await gzipSize(`export * from "${entry}";`)) / (await gzipSize(alone));
  expect(ratio).toBeLessThanOrEqual(budget);
});

// The memory service is the whole contract as the facade serves it, with every check and text, and no second copy of it.
test.each([
  ["the golden pairs with their checker", "checkPair, goldenPairs", 14_700],
  ["the memory service", "createMemoryService", 32_200],
])("%s need no other package and stay small", async (_what, names, budget) => {
  const code = `export { ${names} } from "@install-summary/core/contract";`;
  const { packages, size } = await bundle(code);
  expect(packages).toEqual([]);
  expect(size).toBeLessThan(budget);
});

test.each([
  ["applying a patch", 'export { applyPatch, diff, parsePatch } from "@install-summary/core";', 5000],
  ["describing the counters", 'export { counters } from "@install-summary/core";', 712],
  ["driving a change", 'export { nextStep, startChange } from "@install-summary/core";', 3850],
])("%s brings neither zod nor ky along", async (_what, code, budget) => {
  const { packages, size } = await bundle(code);
  expect(packages).toEqual([]);
  expect(size).toBeLessThan(budget);
});

async function gzipSize(contents: string): Promise<number> {
  return (await bundle(contents)).size;
}

/** Bundles some code: the size in bytes, packed, and the files of other packages in it. */
async function bundle(
  contents: string,
): Promise<{ readonly size: number; readonly packages: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024",
  });
  return {
    size: gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length,
    packages: Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.keys(inputs).filter((path) => path.includes("node_modules")),
    ),
  };
}
