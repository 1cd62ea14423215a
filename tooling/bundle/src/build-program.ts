import { chmod, readFile, rm } from "node:fs/promises";
import { dirname, parse, posix } from "node:path";
import { build, type Metafile } from "esbuild";
import { bundleOptions, type Parts } from "./bundle-options.ts";
import { launcher, launcherEntry } from "./launcher.ts";
import { mergeStart } from "./merge-start.ts";
import { writeLicences } from "./write-licences.ts";

/** A package with a program. */
export interface Program {
  /** What its errors begin with. */
  readonly name: string;
  /** The module that runs it. */
  readonly entry: string;
  /**
   * Modules of which the entry loads one, on demand. They are built apart and share no file, so that each loads what it needs
   * at once; the entry itself becomes a part of the file that starts the program.
   *
   * @default the entry
   */
  readonly parts?: readonly string[];
  /** The file that starts it, in `dist` and without `.js`. */
  readonly file: string;
  /** Modules that other programs import, as those of `Parts`. They share files with the first part. */
  readonly modules?: Parts["modules"];
  readonly threads?: Parts["threads"];
}

/**
 * Builds the package of the current folder into `dist`: a program and its modules that need no other package, and the
 * licences of what is bundled. A bundled program starts in a fraction of the time that resolving its packages takes, and
 * the fewer files it loads the sooner.
 */
export async function buildProgram(program: Program): Promise<void> {
  const { entry, parts = [entry], file, modules = {}, threads = [] } = program;
  // Chunks carry their hash in their names, so those of earlier builds would stay.
  await rm("dist", { recursive: true, force: true });
  const [first, ...others] = parts;
  if (first === undefined) throw new Error("A program needs a part.");
  // Files of the same content would have the same name, and those that start one part are merged.
  const folderOf = (part: string): string => (others.length === 0 ? "chunks" : parse(part).name);
  const places = new Map(parts.map((part) => [part, `${folderOf(part)}/${parse(part).name}`]));
  const built = await Promise.all([
    buildPart(first, places, modules, threads),
    ...others.map((part) => buildPart(part, places, {}, [])),
    buildLauncher(program, places),
  ]);
  await writeLicences(built, "dist/licences.txt");
  await chmod(`dist/${file}.js`, 0o755);
}

/** Where the parts are in `dist`, without `.js`. */
type Places = ReadonlyMap<string, string>;

async function buildPart(
  part: string,
  places: Places,
  modules: Parts["modules"],
  threads: readonly string[],
): Promise<Metafile> {
  const place = places.get(part) ?? "";
  const { metafile } = await build({
    ...bundleOptions({ modules: { ...modules, [place]: part }, outdir: "dist", threads }),
    chunkNames: `${dirname(place)}/[name]-[hash]`,
    metafile: true,
  });
  await mergeStart(metafile, { entry: part, others: [...Object.values(modules), ...threads] });
  return metafile;
}

async function buildLauncher({ name, entry, file }: Program, places: Places): Promise<Metafile> {
  const minimumNode = /"node": ">=([\d.]+)"/.exec(await readFile("package.json", "utf8"))?.[1];
  if (minimumNode === undefined)
    throw new Error("package.json must name the oldest Node: engines.node, as >=24.11");
  const files = [...places].map(
    ([part, place]) => [part, `./${posix.relative(posix.dirname(file), `${place}.js`)}`] as const,
  );
  const { metafile } = await build({
    ...bundleOptions({ modules: { [file]: launcherEntry }, outdir: "dist" }),
    splitting: false,
    plugins: [launcher({ entry, parts: new Map(files), name, minimumNode })],
    metafile: true,
  });
  return metafile;
}
