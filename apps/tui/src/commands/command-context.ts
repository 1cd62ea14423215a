import type { CommandContext as StricliContext } from "@stricli/core";

/** What a command may touch of the process. */
export interface CommandContext extends StricliContext {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborted by Ctrl-C and SIGTERM; its reason is the error to end with. */
  readonly signal: AbortSignal;
}
