import { buildProgram, bundleDeclarations } from "@tooling/bundle";

await buildProgram({
  name: "install-summary-facade",
  entry: "src/main.ts",
  file: "bin/install-summary-facade",
  modules: { index: "src/index.ts", "open-store": "src/open-store.ts" },
  threads: ["src/store/sqlite/search-thread.ts", "src/store/sqlite/checkpoint-thread.ts"],
});
await bundleDeclarations({ index: "src/index.ts" });
