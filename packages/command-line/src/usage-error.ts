import { ArgumentScannerError, formatMessageForArgumentScannerError } from "@stricli/core";
import { shownArgument } from "./errors/shown-word.ts";
import { UserError } from "./errors/user-error.ts";
import { withoutOptionSecret } from "./errors/without-option-secrets.ts";
import { withoutPassword } from "./errors/without-password.ts";

/** Stricli's error about arguments as a `UserError`; any other error stays as it is. */
export function usageError(error: unknown): unknown {
  if (!(error instanceof ArgumentScannerError)) return error;
  let argument: string | undefined;
  let meant: readonly string[] = [];
  const message = formatMessageForArgumentScannerError(error, {
    FlagNotFoundError: ({ input, corrections }) => {
      argument = `--${input}`;
      meant = corrections.map((name) => `Did you mean --${kebabCase(name)}?`);
      return `Unknown option: --${shownArgument(input)}.`;
    },
    AliasNotFoundError: ({ input }) => {
      argument = `-${input}`;
      return `Unknown option: -${shownArgument(input)}.`;
    },
    ArgumentParseError: ({ externalFlagNameOrPlaceholder: name, input, exception }) => {
      argument = input;
      const subject = /^[a-z]/.test(name) ? `--${name}` : name;
      return `${subject} ${ruleOf(exception)}; got ${shownArgument(input)}.`;
    },
    EnumValidationError: ({ externalFlagName, input, values }) => {
      argument = input;
      return `--${externalFlagName} must be ${orList(values)}; got ${shownArgument(input)}.`;
    },
    UnsatisfiedFlagError: ({ externalFlagName }) => {
      argument = `--${externalFlagName}`;
      return `--${externalFlagName} needs a value.`;
    },
    UnexpectedPositionalError: ({ input }) => {
      argument = input;
      return `Unexpected argument: ${shownArgument(input)}.`;
    },
    UnsatisfiedPositionalError: ({ placeholder }) => `${placeholder} is missing.`,
    UnexpectedFlagError: ({ externalFlagName }) => {
      argument = `--${externalFlagName}`;
      return `--${externalFlagName} was given twice.`;
    },
  });
  return new UserError(message, {
    argument,
    help: [...meant, "Put --help after the command to see its options."],
  });
}

/** The error for a first word that names no command; `corrections` are the commands that it may have meant. */
export function unknownCommand(input: string, corrections: readonly string[], call: string): UserError {
  const all = `${call} --help lists the commands.`;
  if (input.startsWith("-")) {
    const option = withoutOptionSecret(input);
    return new UserError(`Unknown option: ${shownArgument(option)}.`, {
      code: "UnknownCommand",
      argument: input,
      help: [`Put options after the command: ${call} COMMAND ${withoutPassword(option)}`, all],
    });
  }
  const meant = corrections.map((name) => `Did you mean ${name.replaceAll("`", "")}?`);
  return new UserError(`Unknown command: ${shownArgument(input)}.`, {
    code: "UnknownCommand",
    argument: input,
    help: [...meant, all],
  });
}

/** What a parser of ours says, after the option's name; stricli's own words about switches name JavaScript's types. */
function ruleOf(exception: unknown): string {
  if (exception instanceof SyntaxError) return "must be true or false";
  return exception instanceof Error ? exception.message : String(exception);
}

/** Options are written with dashes; stricli suggests their names in code. */
function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `table, json or csv` */
function orList(values: readonly string[]): string {
  return [values.slice(0, -1).join(", "), ...values.slice(-1)].filter((part) => part !== "").join(" or ");
}
