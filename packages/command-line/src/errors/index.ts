export {
  connectionFaultOf,
  connectionFaultText,
  type ConnectionFault,
  type ConnectionFaultKind,
} from "./connection-fault.ts";
export { exitCodes, type ExitCode } from "./exit-codes.ts";
export { fileErrorText } from "./file-error-text.ts";
export { shownWord } from "./shown-word.ts";
export { UserError, type CommandFailure, type UserErrorInit } from "./user-error.ts";
