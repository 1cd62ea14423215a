import { build, type Metafile } from "esbuild";
import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";

type Outputs = Metafile["outputs"];

/** Which files of a build begin a program, by the modules that they are made of. */
export interface Beginnings {
  /** The main module of the program. */
  readonly entry: string;
  /** Modules that others import or that run in threads of their own. */
  readonly others: readonly string[];
}

/**
 * Merges the files that a program loads at its start, since to find and open one takes as long as to compile tens of
 * kilobytes. esbuild makes a file of each set of modules that the same parts use: here those that `others` load too become
 * one file, and those that only the program loads another.
 */
export async function mergeStart({ outputs }: Metafile, { entry, others }: Beginnings): Promise<void> {
  const main = fileOf(outputs, entry);
  const start = [...loadedBy(outputs, main)].filter((file) => file !== main);
  const shared = new Set(others.flatMap((module) => [...loadedBy(outputs, fileOf(outputs, module))]));
  const merged = new Map<string, string>();
  for (const isShared of [true, false]) {
    const group = withoutClash(
      outputs,
      start.filter((file) => shared.has(file) === isShared),
    );
    if (group.length < 2) continue;
    const name = await merge(group);
    for (const file of group) merged.set(basename(file), name);
  }
  await rename(outputs, merged);
}

function fileOf(outputs: Outputs, module: string): string {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === module);
  if (found === undefined) throw new Error(`The build has no file for ${module}.`);
  return found[0];
}

/** A file and all that it imports as it is loaded. */
function loadedBy(outputs: Outputs, file: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const { path, kind, external } of outputs[file]?.imports ?? []) {
    if (kind === "import-statement" && external !== true) loadedBy(outputs, path, loaded);
  }
  return loaded;
}

/** The files of which no two export the same name. */
function withoutClash(outputs: Outputs, files: readonly string[]): readonly string[] {
  const names = new Set<string>();
  return files.filter((file) => {
    const exported = outputs[file]?.exports ?? [];
    if (exported.some((name) => names.has(name))) return false;
    for (const name of exported) names.add(name);
    return true;
  });
}

/** Makes one file of a group, in the same folder, and gives its name. That is as long as the others', which source maps need. */
async function merge(group: readonly string[]): Promise<string> {
  const [first = ""] = group;
  const names = new Set(group.map((file) => basename(file)));
  const hash = createHash("sha256")
    .update([...names].join())
    .digest("hex")
    .slice(0, 8)
    .toUpperCase();
  const name = `chunk-${hash}.js`;
  await build({
    stdin: {
      contents: [...names].map((one) => `export * from "./${one}";`).join("\n"),
      resolveDir: dirname(first),
    },
    outfile: `${dirname(first)}/${name}`,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
    plugins: [
      {
        name: "others stay",
        setup(building) {
          building.onResolve({ filter: /^\.\.?\// }, ({ path }) =>
            names.has(basename(path)) ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  return name;
}

/** Removes the files that were merged, and has all others import the file that they are in. */
async function rename(outputs: Outputs, merged: ReadonlyMap<string, string>): Promise<void> {
  const kept = new Set<string>();
  for (const file of Object.keys(outputs).filter((one) => one.endsWith(".js"))) {
    const name = merged.get(basename(file));
    if (name === undefined) kept.add(file);
    else {
      kept.add(`${dirname(file)}/${name}`);
      await Promise.all([rm(file), rm(`${file}.map`)]);
    }
  }
  for (const file of kept) {
    const before = await readFile(file, "utf8");
    const after = before.replaceAll(/\bchunk-[0-9A-Z]{8}\.js\b/g, (name) => merged.get(name) ?? name);
    if (after !== before) await writeFile(file, after);
  }
}
