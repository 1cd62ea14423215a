import { ArgumentScannerError, formatMessageForArgumentScannerError } from "@stricli/core";

/** What does not fit in the arguments, in our words. */
export function describeUsageFault(error: unknown): string {
  if (!(error instanceof ArgumentScannerError)) return error instanceof Error ? error.message : String(error);
  return formatMessageForArgumentScannerError(error, {
    FlagNotFoundError: ({ input, corrections }) =>
      `There is no option --${input}.${didYouMean(corrections.map(asOption))}`,
    AliasNotFoundError: ({ input }) => `There is no option -${input}.`,
    UnsatisfiedFlagError: ({ externalFlagName }) => `--${externalFlagName} needs a value.`,
    UnsatisfiedPositionalError: ({ placeholder }) => `${placeholder} is missing.`,
    UnexpectedPositionalError: ({ input }) => `${input} is one argument too many.`,
    UnexpectedFlagError: ({ externalFlagName }) => `--${externalFlagName} is there twice.`,
  });
}

/** A command that there is not. */
export function describeUnknownCommand(input: string, corrections: readonly string[]): string {
  if (input.startsWith("-")) return `There is no option ${input} here: options stand behind the command.`;
  return `There is no command ${input}.${didYouMean(corrections)}`;
}

function asOption(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function didYouMean(corrections: readonly string[]): string {
  return corrections.length === 0 ? "" : ` Did you mean ${corrections.join(" or ").replaceAll("`", "")}?`;
}
