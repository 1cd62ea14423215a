import { ArgumentScannerError, formatMessageForArgumentScannerError } from "@stricli/core";
import { StartError } from "../errors/start-error.ts";

/** Stricli's error for arguments that do not fit, in our words; another error stays what it is. */
export function usageFault(error: unknown): unknown {
  if (!(error instanceof ArgumentScannerError)) return error;
  const message = formatMessageForArgumentScannerError(error, {
    FlagNotFoundError: ({ input, corrections }) =>
      `There is no option --${input}.${didYouMean(corrections.map(asOption))}`,
    AliasNotFoundError: ({ input }) => `There is no option -${input}.`,
    UnsatisfiedFlagError: ({ externalFlagName }) => `--${externalFlagName} needs a value.`,
    UnsatisfiedPositionalError: ({ placeholder }) => `${placeholder} is missing.`,
    UnexpectedPositionalError: ({ input }) => `${input} is one argument too many.`,
    UnexpectedFlagError: ({ externalFlagName }) => `--${externalFlagName} is there twice.`,
  });
  return new StartError(message);
}

/** A command that there is not. */
export function unknownCommand(input: string, corrections: readonly string[]): StartError {
  return new StartError(
    input.startsWith("-")
      ? `There is no option ${input} here: options stand behind the command.`
      : `There is no command ${input}.${didYouMean(corrections)}`,
  );
}

function asOption(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function didYouMean(corrections: readonly string[]): string {
  return corrections.length === 0 ? "" : ` Did you mean ${corrections.join(" or ").replaceAll("`", "")}?`;
}
