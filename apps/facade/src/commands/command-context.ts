import type { CommandContext as StricliContext } from "@stricli/core";

/** What a command may touch of the process. */
export interface CommandContext extends StricliContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder in which the person typed the command. */
  readonly folder: string;
  /** Ends with another exit code than 0, though nothing failed. */
  readonly endWith: (exit: number) => void;
  /** Resolves when the process is asked to end; before it is called, such a signal ends it at once. */
  readonly untilStopped: () => Promise<void>;
}
