/** What a help text says beside the options and arguments that a command has anyway. */
export interface Help {
  /** What follows the program and the command, such as `APP [OPTIONS]`, one line for each form. */
  readonly usage: readonly string[];
  /** Paragraphs on what it does; they are folded. */
  readonly text: readonly string[];
  /** Command lines without the program's name, each with a few words on what it does. */
  readonly examples: readonly Example[];
  readonly sections?: readonly HelpSection[];
}

/** A line of a shell, and what it does, for the help of a command. */
export interface Example {
  /** In words without quotes and other signs of shells, since it may be pasted together with the line. */
  readonly does: string;
  /** Such as `get "Contoso VPN"`; empty for the program alone. Where the program does not come first, `{program}` is its place. */
  readonly line: string;
}

/** A list of names with their meanings, such as the variables of the environment. */
export interface HelpSection {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, meaning: string])[];
}
