import type { Command, CommandContext } from "@stricli/core";
import { configKeys } from "../config/config-keys.ts";
import type { Completion, CompletionParts } from "./completion.ts";
import { sharedFlags } from "./shared-flags.ts";
import { sortColumns } from "./sort-columns.ts";

/** Where options can stand: behind a command, or in place of one. */
export type OptionPlace<Context extends CommandContext> = Pick<Command<Context>, "parameters">;

/** The options of the program itself, which are the editor's where no command follows. */
export const programOptions: OptionPlace<CommandContext> = {
  parameters: {
    flags: {
      plain: { kind: "boolean", brief: "Open the editor with lines in place of screens" },
      screenReader: { kind: "boolean", brief: "Open the editor with words in place of signs" },
      profile: sharedFlags.profile,
      readOnly: sharedFlags.readOnly,
      quiet: sharedFlags.quiet,
      verbose: sharedFlags.verbose,
      version: { kind: "boolean", brief: "Print the version and exit" },
    },
  },
};

interface Option {
  readonly words: readonly string[];
  readonly meaning: string;
  readonly takesValue: boolean;
  readonly isFile: boolean;
  readonly values: readonly string[];
}

function optionsOf<Context extends CommandContext>({ parameters }: OptionPlace<Context>): readonly Option[] {
  const { flags = {}, aliases = {} } = parameters;
  return Object.entries(flags).map(([name, flag]) => {
    const short = Object.entries(aliases).flatMap(([alias, meant]) => (meant === name ? [`-${alias}`] : []));
    const long = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return {
      words: [long, ...short],
      meaning: flag.brief,
      takesValue: flag.kind !== "boolean",
      isFile: "placeholder" in flag && flag.placeholder === "FILE",
      values: "values" in flag ? flag.values : [],
    };
  });
}

/** The options of a command that are not used yet. */
export function optionWords<Context extends CommandContext>(
  command: OptionPlace<Context>,
  used: readonly string[],
): readonly Completion[] {
  const left = optionsOf(command).filter(({ words }) => !words.some((word) => used.includes(word)));
  const all = left.flatMap(({ words, meaning }) => words.map((word) => ({ word, meaning })));
  return [...all, { word: "--help", meaning: "Print help and exit" }];
}

/** Whether a word is an option that takes a value. */
export function takesValue<Context extends CommandContext>(
  word: string,
  command: OptionPlace<Context>,
): boolean {
  return optionsOf(command).some((option) => option.takesValue && option.words.includes(word));
}

/** Whether the value of an option is a file. */
export function takesFile<Context extends CommandContext>(
  word: string,
  command: OptionPlace<Context>,
): boolean {
  return optionsOf(command).some((option) => option.isFile && option.words.includes(word));
}

/** The values that an option can have, as far as they are known. */
export function valuesOf<Context extends CommandContext>(
  name: string,
  command: OptionPlace<Context>,
  { profiles }: CompletionParts<Context>,
): readonly Completion[] {
  const option = optionsOf(command).find(({ words }) => words.includes(name));
  if (option === undefined) return [];
  if (name === "--profile") return [...profiles(), "none"].map((word) => ({ word, meaning: "profile" }));
  if (name === "--sort") return sortWords;
  if (name === "--unset") return configKeys.map((key) => ({ word: key.name, meaning: key.help }));
  return option.values.map((word) => ({ word, meaning: "" }));
}

const sortWords: readonly Completion[] = sortColumns.flatMap((word) => [
  { word, meaning: "smallest first" },
  { word: `-${word}`, meaning: "largest first" },
]);
