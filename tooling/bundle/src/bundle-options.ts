import type { BuildOptions } from "esbuild";
import { parse } from "node:path";

/**
 * How a package's program becomes OUTDIR/NAME.js: one production bundle, what it loads on demand in chunks. A thread
 * that the program starts becomes chunks/FILE.js, beside the module that starts it, which must be loaded on demand.
 */
export function bundleOptions(
  entry: string,
  outdir: string,
  name: string,
  threads: readonly string[] = [],
): BuildOptions {
  const chunks = threads.map((thread) => [`chunks/${parse(thread).name}`, thread] as const);
  return {
    entryPoints: { [name]: entry, ...Object.fromEntries(chunks) },
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
    legalComments: "linked",
    conditions: ["@install-summary/source"],
    define: { "process.env.NODE_ENV": '"production"' },
    // Ink asks for it only in development; without the alias the bundle does not start.
    alias: { "react-devtools-core": "data:text/javascript,export default {}" },
    // Some dependencies are CommonJS and call require for Node's own modules.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: "warning",
  };
}
