import type { Plugin } from "esbuild";
import { resolve } from "node:path";

/** A program as its launcher knows it. */
export interface Launched {
  /** The module that runs the program. */
  readonly entry: string;
  /** Modules that are built apart, the entry or what it loads, each with the file that it is in, from the launcher's own. */
  readonly parts: ReadonlyMap<string, string>;
  /** What its errors begin with. */
  readonly name: string;
  /** The oldest Node that runs it, such as `24.11`. */
  readonly minimumNode: string;
}

/** The entry point that `launcher` serves. */
export const launcherEntry = "launcher";

/**
 * Makes the first file of a program: it loads the program in a Node that can run it, and names the one that is needed
 * in an older one, with exit code 2. The program itself may have syntax that an older Node cannot even parse, which an entry
 * that is no part must not have.
 */
export function launcher(program: Launched): Plugin {
  const files = new Map([...program.parts].map(([part, file]) => [resolve(part), file]));
  return {
    name: "launcher",
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${launcherEntry}$`) }, () => ({
        path: launcherEntry,
        namespace: launcherEntry,
      }));
      build.onLoad({ filter: /.*/, namespace: launcherEntry }, () => ({
        contents: launcherSource(program),
        resolveDir: process.cwd(),
      }));
      build.onResolve({ filter: /^\.?\.?\// }, ({ path, resolveDir }) => {
        const file = files.get(resolve(resolveDir, path));
        return file === undefined ? undefined : { path: file, external: true };
      });
    },
  };
}

function launcherSource({ entry, name, minimumNode }: Launched): string {
  const [major = 0, minor = 0] = minimumNode.split(".").map(Number);
  const told =
    `${name}: Node ${minimumNode} or newer is needed; this is Node VERSION. ` +
    `Install a newer one, or run it with: npx -y node@${major} FILE …\n`;
  return `
    const [major, minor] = process.versions.node.split(".").map(Number);
    if (major > ${major} || (major === ${major} && minor >= ${minor})) {
      await import(${JSON.stringify(entry.startsWith("/") ? entry : `./${entry}`)});
    } else {
      const told = ${JSON.stringify(told)};
      process.stderr.write(told.replace("VERSION", process.versions.node).replace("FILE", process.argv[1]));
      process.exitCode = 2;
    }
  `;
}
