export { readVariable, unknownVariables } from "./unknown-variables.ts";
