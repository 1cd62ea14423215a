export { UserError as CommandError, exitCodes, type ExitCode } from "@install-summary/command-line/errors";
