import { transform, type Plugin } from "esbuild";
import { readFile } from "node:fs/promises";

/**
 * Shortens the names inside React, which is a third of the editor's code: Node reads all of it at each start, and that took a
 * twentieth of the start longer. Nothing of it is known by its name, as errors of other packages are.
 */
export const minifyReact: Plugin = {
  name: "minify React",
  setup(build) {
    const files =
      /[\\/]node_modules[\\/](?:react|react-reconciler|scheduler)[\\/]cjs[\\/].*\.production\.js$/;
    build.onLoad({ filter: files }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { minify: true, legalComments: "none" });
      return { contents: code };
    });
  },
};
