import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

// What an importer's users download: each entry bundled, minified and packed, against the same of what it stands on.
// The sizes of dependencies change with their versions, so it is the ratio that has a budget.

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
  export const patch = z.strictObject(counters).partial();`;

const ky = 'export { default as ky } from "ky";';
const readers = `export { ZipReader } from "@zip.js/zip.js/lib/zip-core-reader.js"; export { default } from "papaparse";`;

test.each([
  ["@install-summary/core", "zod", zodAlone, 1.28],
  ["@install-summary/core/client", "zod and ky", zodAlone + ky, 1.3],
  ["@install-summary/core/report", "papaparse and zip.js", readers, 1.35],
])("%s is not much larger than %s", async (entry, _what, alone, budget) => {
  const ratio = (await gzipSize(`export * from "${entry}";`)) / (await gzipSize(alone));
  expect(ratio).toBeLessThanOrEqual(budget);
});

test("the contract kit brings nothing along but the pairs", async () => {
  expect(await gzipSize('export * from "@install-summary/core/contract";')).toBeLessThan(10_000);
});

test("what needs no schema is told apart from what does: applying a patch brings no zod", async () => {
  expect(
    await gzipSize('export { applyPatch, diff, parsePatch } from "@install-summary/core";'),
  ).toBeLessThan(6000);
});

async function gzipSize(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024",
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}
