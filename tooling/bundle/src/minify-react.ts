import { transform, type Plugin } from "esbuild";
import { readFile } from "node:fs/promises";

/**
 * Shortens the names inside React, which is a third of the editor's code, and which Node reads at each start. No name in it is
 * needed at run time, as the names of other packages' errors are.
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
