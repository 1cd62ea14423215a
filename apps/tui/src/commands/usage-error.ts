import { ArgumentScannerError, formatMessageForArgumentScannerError } from "@stricli/core";
import { CommandError, exitCodes } from "../errors/command-error.ts";

/** Stricli's error for arguments that do not fit, in our words; another error stays what it is. */
export function usageError(error: unknown): unknown {
  if (!(error instanceof ArgumentScannerError)) return error;
  let argument: string | undefined;
  let help: readonly string[] = ["--help behind the command shows its options."];
  const message = formatMessageForArgumentScannerError(error, {
    FlagNotFoundError: ({ input, corrections }) => {
      argument = `--${input}`;
      help = [...corrections.map((correction) => `Did you mean --${kebabCase(correction)}?`), ...help];
      return `there is no option --${input}.`;
    },
    AliasNotFoundError: ({ input }) => {
      argument = `-${input}`;
      return `there is no option -${input}.`;
    },
    ArgumentParseError: ({ externalFlagNameOrPlaceholder, input, exception }) => {
      argument = input;
      const why = exception instanceof Error ? exception.message : String(exception);
      return `--${externalFlagNameOrPlaceholder} ${why}; got ${input}.`;
    },
    EnumValidationError: ({ externalFlagName, input, values }) => {
      argument = input;
      return `--${externalFlagName} must be ${values.join(" or ")}; got ${input}.`;
    },
    UnsatisfiedFlagError: ({ externalFlagName }) => {
      argument = `--${externalFlagName}`;
      return `--${externalFlagName} needs a value.`;
    },
    UnexpectedPositionalError: ({ input }) => {
      argument = input;
      return `${input} is one argument too many.`;
    },
    UnsatisfiedPositionalError: ({ placeholder }) => `${placeholder} is missing.`,
    UnexpectedFlagError: ({ externalFlagName }) => {
      argument = `--${externalFlagName}`;
      return `--${externalFlagName} is there twice.`;
    },
  });
  return new CommandError(message, { exit: exitCodes.usage, code: "Usage", argument, help });
}

/** Options are written with dashes; stricli suggests their names in code. */
function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
