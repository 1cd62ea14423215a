import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";

const run = promisify(execFile);

/** Modules of this repository are written into the types; those of Node and of other packages are not. */
const isOther = (specifier: string): boolean => !/^(?:[./]|@install-summary\/)/.test(specifier);

/**
 * Writes the types of a package's modules into `dist`, each as one file that has only what the module exports. They must
 * not need types of other packages than Node's, since the package is published without dependencies.
 *
 * @param modules Paths of the sources, such as `src/index.ts`, by the path in `dist` without `.d.ts`.
 */
export async function bundleDeclarations(modules: Readonly<Record<string, string>>): Promise<void> {
  // Inside the package, where the types of the packages that it uses are found.
  const folder = await mkdtemp("dist/types-");
  try {
    await run("tsc", ["-p", "tsconfig.build.json", "--outDir", folder]);
    const input = Object.entries(modules).map(([name, source]) => {
      const declaration = `${source.replace(/^src\//, "").replace(/\.ts$/, "")}.d.ts`;
      return [name, join(process.cwd(), folder, declaration)] as const;
    });
    await using bundle = await rolldown({
      input: Object.fromEntries(input),
      external: isOther,
      plugins: [dts({ dtsOnly: true, generator: "oxc", tsconfig: false })],
    });
    const { output } = await bundle.write({ dir: "dist", format: "es" });
    for (const part of output) if (part.type === "chunk") checkImports(part.fileName, part.code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function checkImports(file: string, code: string): void {
  const imports = /^(?!\s*\*).*?\b(?:from |import |import\()"(?!node:)([^"]+)"/gm;
  const others = [...code.matchAll(imports)].map(([, specifier]) => specifier);
  if (others.length > 0) throw new Error(`The types in ${file} must not need those of ${others.join(", ")}.`);
}
