import { buildProgram } from "@tooling/bundle";

await buildProgram({ name: "install-summary", entry: "src/main.ts", file: "install-summary" });
