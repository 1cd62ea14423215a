// What is published has no part that only this repository uses.
export const hooks = {
  beforePacking({ scripts: _scripts, devDependencies: _devDependencies, ...description }) {
    return { ...description, exports: published(description.exports) };
  },
};

/** Exports without the conditions that lead to sources. */
function published(exports) {
  if (typeof exports !== "object") return exports;
  const rest = Object.entries(exports).filter(([condition]) => condition !== "@install-summary/source");
  return Object.fromEntries(rest.map(([condition, target]) => [condition, published(target)]));
}
