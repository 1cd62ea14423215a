import { buildProgram, bundleDeclarations } from "@tooling/bundle";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

await buildProgram({
  name: "install-summary-facade",
  entry: "src/main.ts",
  file: "bin/install-summary-facade",
  modules: { index: "src/index.ts", "open-store": "src/open-store.ts" },
  threads: [
    "src/store/sqlite/search-thread.ts",
    "src/store/sqlite/checkpoint-thread.ts",
    "src/store/sqlite/integrity-check.ts",
  ],
});
await bundleDeclarations({ index: "src/index.ts" });

// What the page /docs needs, with its licence.
const source = dirname(fileURLToPath(import.meta.resolve("swagger-ui-dist/package.json")));
const files = [
  "swagger-ui.css",
  "swagger-ui-bundle.js",
  "swagger-ui-bundle.js.LICENSE.txt",
  "LICENSE",
  "NOTICE",
];
await mkdir("dist/reference", { recursive: true });
for (const file of files) await copyFile(join(source, file), join("dist/reference", file));
