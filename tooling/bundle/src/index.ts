export { buildProgram, type Program } from "./build-program.ts";
export { bundleDeclarations } from "./bundle-declarations.ts";
