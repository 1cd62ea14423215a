export { exitCodes, type ExitCode } from "./exit-codes.ts";
export { fileErrorText } from "./file-error-text.ts";
export { UserError, type CommandFailure, type UserErrorInit } from "./user-error.ts";
