export { readVariable, unknownVariables } from "./unknown-variables.ts";
export { editorVariables, facadeVariables, variablePrefix } from "./variable-names.ts";
