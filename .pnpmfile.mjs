// What is published has no part that only this repository uses. Where a workflow publishes it, the package says from which
// repository, which the statement of its provenance must agree with.
import { relative } from "node:path";

const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;

export const hooks = {
  beforePacking({ scripts: _scripts, devDependencies: _devDependencies, ...description }, folder) {
    return {
      ...description,
      ...(repository && {
        repository: {
          type: "git",
          url: `git+${server}/${repository}.git`,
          directory: relative(import.meta.dirname, folder),
        },
      }),
      exports: published(description.exports),
    };
  },
};

/** Exports without the conditions that lead to sources. */
function published(exports) {
  if (typeof exports !== "object") return exports;
  const rest = Object.entries(exports).filter(([condition]) => condition !== "@install-summary/source");
  return Object.fromEntries(rest.map(([condition, target]) => [condition, published(target)]));
}
