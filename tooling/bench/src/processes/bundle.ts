import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Bundles the code of an entry as a program's author would, minified. */
export function bundle(contents: string): Promise<Uint8Array> {
  return bundleWith(contents, {});
}

/** The same for a program that draws with Ink: in production, as the editor is bundled. */
export function bundleInk(contents: string): Promise<Uint8Array> {
  return bundleWith(contents, {
    define: { "process.env.NODE_ENV": '"production"' },
    // Ink asks for it only in development; without the alias the bundle does not start.
    alias: { "react-devtools-core": "data:text/javascript,export default {}" },
    // Some of its dependencies are CommonJS and call require for Node's own modules.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
}

async function bundleWith(
  contents: string,
  options: Pick<BuildOptions, "define" | "alias" | "banner">,
): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "es2024",
    ...options,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error("esbuild made no bundle");
  return output.contents;
}
