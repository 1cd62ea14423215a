import type { Metafile } from "esbuild";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/**
 * The licences that a bundled package may have: each permits to ship the package together with the licence's text. MPL-2.0
 * also wants to be told where the source is.
 */
const permitted = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "MPL-2.0"];

/** Writes the licences of all packages that are in bundles into one file. Throws where one is not permitted. */
export async function writeLicences(bundles: readonly Metafile[], file: string): Promise<void> {
  const folders = new Set(bundles.flatMap((bundle) => packagesIn(bundle)));
  const licences = await Promise.all([...folders].map((folder) => readLicence(folder)));
  const texts = [...new Set(licences)].toSorted();
  const rule = `\n${"-".repeat(80)}\n\n`;
  await writeFile(file, `This program contains the packages below.\n${rule}${texts.join(rule)}`);
}

/** The folders of the packages of which some code is in a bundle. */
function packagesIn({ outputs }: Metafile): readonly string[] {
  const folders = new Set<string>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  return [...folders];
}

async function readLicence(folder: string): Promise<string> {
  const description: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const { name, version, license, author, repository } = Object(description);
  if (!permitted.includes(license)) {
    throw new Error(`${name} ${version} has the licence ${license}. Bundle only: ${permitted.join(", ")}.`);
  }
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = await Promise.all(files.toSorted().map((file) => readFile(join(folder, file), "utf8")));
  // A notice alone is not the text of a licence.
  if (files.every((file) => /^notice/i.test(file))) {
    const holder: unknown = author?.name ?? author;
    if (typeof holder !== "string")
      throw new Error(`${name} ${version} has no licence text and names no author.`);
    texts.unshift(`By ${holder}.`, standardText(license));
  }
  if (license === "MPL-2.0") {
    const source: unknown = repository?.url ?? repository;
    if (typeof source !== "string") throw new Error(`${name} ${version} does not say where its source is.`);
    texts.unshift(`Its source is at ${source}, and in the package ${name}@${version} of npm.`);
  }
  return `${name} ${version} (${license})\n\n${texts.map((text) => text.trim()).join("\n\n")}\n`;
}

/** The text of a licence as the SPDX list has it. */
function standardText(license: string): string {
  return require(`spdx-license-list/licenses/${license}`).licenseText;
}
