import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import * as z from "zod";
import type { Case, Sample } from "../judging/measurement.ts";
import { bundle } from "../processes/bundle.ts";

const run = promisify(execFile);

/** What is bundled, as the code of an entry. */
const bundles = {
  core: 'export * from "@install-summary/core";',
  // The schemas that core exports, by zod and nothing else.
  "zod alone": `import * as z from "zod";
    const counter = z.int().min(0).max(2147483647);
    const names = ["installed", "failed", "notApplicable", "notInstalled", "pendingInstall"].flatMap((state) =>
      ["DeviceCount", "UserCount"].map((scope) => state + scope));
    const counters = Object.fromEntries(names.map((name) => [name, counter]));
    export const summary = z.object({ id: z.guid(), ...counters });
    export const wrapped = z.object({ value: summary });
    export const patch = z.strictObject(counters).partial();
    export const change = z.object({ appId: z.guid(), version: z.int().min(1), changedAt: z.string(),
      actor: z.string(), origin: z.enum(["api", "editor"]), requestId: z.string(), before: patch, after: patch });
    const text = z.string().nullable().default(null);
    const texts = ["displayName", "description", "publisher", "createdDateTime", "lastModifiedDateTime",
      "privacyInformationUrl", "informationUrl", "owner", "developer", "notes"];
    export const app = z.object({ id: z.guid(), "@odata.type": z.string(), publishingState: z.string(),
      isFeatured: z.boolean(), isAssigned: z.boolean(), ...Object.fromEntries(texts.map((name) => [name, text])) });
    const tagged = summary.extend({ "@odata.etag": z.string().optional() });
    export const page = z.object({ value: z.array(app.extend({ installSummary: tagged.optional() })),
      "@odata.nextLink": z.url().optional(), "@odata.count": z.int().min(0).optional() });`,
  nothing: "export {};",
};

/** What an importer of core downloads and loads, against zod alone. */
export async function bundleCases(folder: string): Promise<readonly Case[]> {
  const built = await Promise.all(
    Object.entries(bundles).map(async ([name, contents]) => [name, await bundle(contents)] as const),
  );
  return [
    {
      case: "size",
      variants: built.map(([variant, code]) => ({
        variant,
        role: variant === "core" ? "ours" : "limit",
        measure: async () => measureSize(code),
      })),
    },
    {
      case: "import",
      variants: built.map(([variant, code]) => ({
        variant,
        role: variant === "core" ? "ours" : "limit",
        measure: () => measureImport(folder, variant, code),
      })),
    },
  ];
}

/** How many bytes a bundle has on the wire. */
function measureSize(code: Uint8Array): Sample {
  return { bytes: gzipSync(code, { level: 9 }).length, bad: 0 };
}

/** Time, processor time, and how many members the module has. */
const printed = z.tuple([z.number(), z.number(), z.number()]);

/** What it costs a fresh process to import a bundle: time and processor time. */
async function measureImport(folder: string, name: string, code: Uint8Array): Promise<Sample> {
  const file = join(folder, `${name.replaceAll(" ", "-")}.mjs`);
  await writeFile(file, code);
  const script = `const cpu = process.cpuUsage();
    const start = performance.now();
    const module = await import(${JSON.stringify(pathToFileURL(file).href)});
    const time = (performance.now() - start) * 1000;
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify([time, user + system, Object.keys(module).length]));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script]);
  const [p50Us, cpuUs, members] = printed.parse(JSON.parse(stdout));
  return { p50Us, cpuUs, bad: (members === 0) === (name === "nothing") ? 0 : 1 };
}
