import type { ProgramContext } from "@install-summary/command-line";

/** What a command may touch of the process. */
export interface CommandContext extends ProgramContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder in which the person typed the command. */
  readonly folder: string;
  /** Opens standard input, which takes a moment. */
  readonly stdin: () => NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /** Aborted when the process is asked to end; before it is called, such a request ends the process at once. */
  readonly stopSignal: () => AbortSignal;
}
