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

const switches = ["--read-only", "--quiet", "--verbose", "--plain", "--screen-reader"];

/**
 * The options of every command, wherever they are in the arguments. They decide about the environment of a command, so they are
 * read before the command reads its own.
 */
export function globalOptions(inputs: readonly string[]): GlobalOptions {
  const words = beforeEnd(inputs);
  const has = (name: string): boolean => words.includes(name) || words.includes(`${name}=true`);
  return {
    profile: valueOf(words, "--profile"),
    readOnly: has("--read-only"),
    quiet: has("--quiet"),
    verbose: has("--verbose"),
    plain: has("--plain"),
    screenReader: has("--screen-reader"),
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
    else if (input.startsWith("--profile=") || switches.includes(input)) count += 1;
    else return count;
  }
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
