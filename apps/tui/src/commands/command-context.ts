import type { ProgramContext } from "@install-summary/command-line";
import type { CommandPlace } from "../words/command-text.ts";
import type { PrintTarget } from "./output/print.ts";

/** What a command may touch of the process. */
export interface CommandContext extends ProgramContext {
  /** The environment with what the profile and the options of every command add. */
  readonly env: NodeJS.ProcessEnv;
  /** How a person calls this program in a shell. */
  readonly call: string;
  /** Where commands that are shown are to work: on the server of the environment. */
  readonly place: CommandPlace;
  /** The same on another server, which a command was given. */
  readonly placeAt: (baseUrl: string) => CommandPlace;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Where everything but data and questions goes; nowhere with `--quiet`. */
  readonly stderr: PrintTarget;
  /** Where questions are asked. */
  readonly questions: NodeJS.WriteStream;
  /** Aborted by Ctrl-C, SIGTERM and the end of the terminal; its reason is the error to end with. */
  readonly signal: AbortSignal;
}
