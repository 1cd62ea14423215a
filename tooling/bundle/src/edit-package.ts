import type { OnLoadResult, Plugin } from "esbuild";
import { readFile } from "node:fs/promises";

/** A change to one file of a package as it is bundled. */
export interface PackageEdit {
  /** What it is for, in messages. */
  readonly name: string;
  /** The end of the file's path, from the package's name on, such as `react/index.js`. */
  readonly file: string;
  readonly edit: (text: string) => string;
}

/** Bundles a package's file with an edit. The file must still be what the edit was written for: see `replaceOnce`. */
export function editPackage({ name, file, edit }: PackageEdit): Plugin {
  const end = file.replaceAll(".", "\\.").replaceAll("/", String.raw`[\\/]`);
  return {
    name,
    setup(build) {
      build.onLoad(
        { filter: new RegExp(String.raw`[\\/]node_modules[\\/]${end}$`) },
        async ({ path }): Promise<OnLoadResult> => {
          try {
            return { contents: edit(await readFile(path, "utf8")) };
          } catch (error) {
            return { errors: [{ text: `${path}: ${String(error)}` }] };
          }
        },
      );
    },
  };
}

/** Replaces a text that must be there exactly once, so that a new version of a package cannot change what an edit does. */
export function replaceOnce(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`'${from.slice(0, 80)}' is there ${parts.length - 1} times; 1 was expected.`);
  return parts.join(to);
}
