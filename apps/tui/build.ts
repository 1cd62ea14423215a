import { buildProgram } from "@tooling/bundle";

await buildProgram({
  name: "install-summary",
  entry: "src/main.ts",
  parts: ["src/run-commands.ts", "src/open-editor.ts"],
  file: "install-summary",
});
