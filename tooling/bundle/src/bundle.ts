#!/usr/bin/env node
// bundle ENTRY OUTDIR NAME [THREAD…]: one production program of a package, started as OUTDIR/NAME.js.
// Bundled, a program starts in a fraction of the time that resolving its packages one by one takes.
import { chmod, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";
import { bundleOptions } from "./bundle-options.ts";
import { launcher, launcherEntry } from "./launcher.ts";

const [entry, outdir, name, ...threads] = process.argv.slice(2);
if (entry === undefined || outdir === undefined || name === undefined) {
  throw new Error("usage: bundle ENTRY OUTDIR NAME [THREAD…]");
}

// Chunks carry their hash in their names, so those of earlier builds would stay.
await rm(`${outdir}/chunks`, { recursive: true, force: true });
const minimumNode = /"node": ">=([\d.]+)"/.exec(await readFile("package.json", "utf8"))?.[1];
if (minimumNode === undefined)
  throw new Error("package.json must name the oldest Node: engines.node, as >=24.11");
await build({
  ...bundleOptions(launcherEntry, outdir, name, threads),
  plugins: [launcher({ entry, name, minimumNode })],
});
await chmod(`${outdir}/${name}.js`, 0o755);
