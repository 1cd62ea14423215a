export { glyphsFault } from "./glyphs-fault.ts";
export { readVariable, unknownVariables } from "./unknown-variables.ts";
