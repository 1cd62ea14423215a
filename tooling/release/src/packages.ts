import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { succeed } from "./run.ts";

/** The packages that are published. */
export const published = ["core", "facade", "tui"] as const;

/** One of the packages that are published. */
export type Published = (typeof published)[number];

/** The folder of a package in this checkout. */
export function folderOf(name: Published): string {
  return dirname(fileURLToPath(import.meta.resolve(`@install-summary/${name}/package.json`)));
}

/**
 * Packs a package as it is published, into `install-summary-NAME.tgz` of a folder, and unpacks it again. Resolves to the
 * folder with its files, which is called by the package's name.
 */
export async function packAndUnpack(name: Published, folder: string): Promise<string> {
  const tarball = join(folder, `install-summary-${name}.tgz`);
  await succeed("pnpm", ["pack", "--out", tarball], { cwd: folderOf(name) });
  const unpacked = join(folder, name);
  await mkdir(unpacked);
  await succeed("tar", ["-xzf", tarball, "-C", unpacked, "--strip-components=1"]);
  return unpacked;
}
