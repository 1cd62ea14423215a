import { chmod, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";
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
  /** The file that starts it, in `dist` and without `.js`. */
  readonly file: string;
  /** Modules that other programs import, as those of `Parts`. */
  readonly modules?: Parts["modules"];
  readonly threads?: Parts["threads"];
}

/**
 * Builds the package of the current folder into `dist`: a program and its modules that need no other package, and the
 * licences of what is bundled. A bundled program starts in a fraction of the time that resolving its packages takes, and
 * the fewer files it loads the sooner.
 */
export async function buildProgram({ name, entry, file, modules, threads = [] }: Program): Promise<void> {
  // Chunks carry their hash in their names, so those of earlier builds would stay.
  await rm("dist", { recursive: true, force: true });
  const minimumNode = /"node": ">=([\d.]+)"/.exec(await readFile("package.json", "utf8"))?.[1];
  if (minimumNode === undefined)
    throw new Error("package.json must name the oldest Node: engines.node, as >=24.11");
  const { metafile } = await build({
    ...bundleOptions({ modules: { [file]: launcherEntry, ...modules }, outdir: "dist", threads }),
    plugins: [launcher({ entry, name, minimumNode })],
    metafile: true,
  });
  await mergeStart(metafile, { entry, others: [...Object.values(modules ?? {}), ...threads] });
  await writeLicences(metafile, "dist/licences.txt");
  await chmod(`dist/${file}.js`, 0o755);
}
