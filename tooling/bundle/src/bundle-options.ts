import type { BuildOptions } from "esbuild";
import { parse } from "node:path";
import { fileURLToPath } from "node:url";
import { lateEmoji } from "./late-emoji.ts";
import { minifyReact } from "./minify-react.ts";
import { yogaBytes } from "./yoga-bytes.ts";

/** What a package is built of. Paths are relative to its folder. */
export interface Parts {
  /** Where each module that others start or import comes from, by its path in the output without `.js`. */
  readonly modules: Readonly<Record<string, string>>;
  readonly outdir: string;
  /**
   * What runs in threads, or processes, of its own. It becomes chunks/FILE.js, beside the module that starts it, which must be
   * in a chunk too: loaded on demand, or used by more than one of `modules`.
   */
  readonly threads?: readonly string[];
}

/** How the parts of a package become production bundles, what they load on demand or share in chunks. */
export function bundleOptions({ modules, outdir, threads = [] }: Parts): BuildOptions {
  const chunks = threads.map((thread) => [`chunks/${parse(thread).name}`, thread] as const);
  return {
    entryPoints: { ...modules, ...Object.fromEntries(chunks) },
    outdir,
    bundle: true,
    // Commands that are imported on demand become chunks of their own, so `--help` loads neither ky nor Ink.
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    platform: "node",
    target: "node24",
    minifySyntax: true,
    minifyWhitespace: true,
    // Names stay, since errors are recognised and shown by them. esbuild's keepNames would keep them too, but at the
    // price of a call for every function that is made, on every request.
    minifyIdentifiers: false,
    sourcemap: true,
    sourcesContent: false,
    // The licences of all that is bundled are in one file: see write-licences.
    legalComments: "none",
    conditions: ["@install-summary/source"],
    define: { "process.env.NODE_ENV": '"production"', "Intl.Segmenter": "LateSegmenter" },
    inject: [fileURLToPath(new URL("late-segmenter.ts", import.meta.url))],
    // Ink asks for it only in development; without the alias the bundle does not start.
    alias: { "react-devtools-core": "data:text/javascript,export default {}" },
    // Some dependencies are CommonJS and call require for Node's own modules.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [minifyReact, lateEmoji, yogaBytes],
    logLevel: "warning",
  };
}
