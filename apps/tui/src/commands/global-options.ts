import { parseSwitch } from "@install-summary/command-line";

/** The options that hold for every command, and for the editor, before the command is known. */
export interface GlobalOptions {
  readonly profile: string | undefined;
  readonly readOnly: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** The editor has lines in place of screens. */
  readonly plain: boolean;
  /** The editor says its screens in words. */
  readonly screenReader: boolean;
}

const switches = ["readOnly", "quiet", "verbose", "plain", "screenReader"];

/**
 * The options of every command, wherever they are in the arguments. They decide about the environment of a command, so they are
 * read before the command reads its own.
 */
export function globalOptions(inputs: readonly string[]): GlobalOptions {
  const words = beforeEnd(inputs);
  const has = (name: string): boolean => words.some((word) => valueOfSwitch(word, name) === true);
  return {
    profile: valueOf(words, "--profile"),
    readOnly: has("readOnly"),
    quiet: has("quiet"),
    verbose: has("verbose"),
    plain: has("plain"),
    screenReader: has("screenReader"),
  };
}

/** The arguments with such options in front of a command behind it, where commands take them. */
export function commandFirst(inputs: readonly string[]): readonly string[] {
  const count = leadingCount(inputs);
  const [command, ...rest] = inputs.slice(count);
  return command === undefined || count === 0 ? inputs : [command, ...inputs.slice(0, count), ...rest];
}

/** Whether there is nothing but such options, so that they are the editor's. */
export function isForEditor(inputs: readonly string[]): boolean {
  return leadingCount(inputs) === inputs.length;
}

function leadingCount(inputs: readonly string[]): number {
  let count = 0;
  for (;;) {
    const input = inputs[count];
    if (input === undefined) return count;
    if (input === "--profile" && inputs[count + 1] !== undefined) count += 2;
    else if (input.startsWith("--profile=") || isSwitch(input)) count += 1;
    else return count;
  }
}

function isSwitch(word: string): boolean {
  return switches.some((name) => valueOfSwitch(word, name) !== undefined);
}

/**
 * What a word makes of a switch, by the rules that the commands' parser has for names and values; undefined where it is about
 * something else, and for a value that is neither true nor false, which that parser refuses.
 */
function valueOfSwitch(word: string, name: string): boolean | undefined {
  const [, given = "", value = "true"] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
  const isIt = given.replaceAll(/-./g, (part) => part.slice(1).toUpperCase()) === name;
  return isIt ? parseSwitch(value) : undefined;
}

function valueOf(words: readonly string[], name: string): string | undefined {
  const index = words.indexOf(name);
  const joined = words.find((word) => word.startsWith(`${name}=`));
  return joined?.slice(name.length + 1) ?? (index === -1 ? undefined : words[index + 1]);
}

function beforeEnd(inputs: readonly string[]): readonly string[] {
  const end = inputs.indexOf("--");
  return end === -1 ? inputs : inputs.slice(0, end);
}
