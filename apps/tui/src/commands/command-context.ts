import type { ProgramContext } from "@install-summary/command-line";

/** What a command may touch of the process. */
export interface CommandContext extends ProgramContext {
  readonly env: NodeJS.ProcessEnv;
  /** How a person calls this program in a shell, for commands that are shown. */
  readonly call: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborted by Ctrl-C and SIGTERM; its reason is the error to end with. */
  readonly signal: AbortSignal;
}
