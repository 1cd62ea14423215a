import { exitCodes, type ExitCode } from "./exit-codes.ts";

/** How a command failed, in words for people and for programs. */
export interface CommandFailure {
  readonly exit: ExitCode;
  /** One word for programs, such as `ReadOnly`. */
  readonly code: string;
  readonly message: string;
  /** The property, option or variable at fault. */
  readonly target?: string | undefined;
  /** The argument at fault, as it was typed: it is underlined. */
  readonly argument?: string | undefined;
  /** What to do, one line each. */
  readonly help?: readonly string[] | undefined;
  /** The server's id of the request that failed. */
  readonly requestId?: string | undefined;
}

/** What a `UserError` can be made of beside its message. */
export type UserErrorInit = Partial<Omit<CommandFailure, "message">> & { readonly cause?: unknown };

/** A failure that the user of the program can do something about. Ends in 2, usage, unless `exit` says otherwise. */
export class UserError extends Error implements CommandFailure {
  override readonly name = "UserError";
  readonly exit: ExitCode;
  readonly code: string;
  readonly target: string | undefined;
  readonly argument: string | undefined;
  readonly help: readonly string[];
  readonly requestId: string | undefined;

  constructor(message: string, init: UserErrorInit = {}) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.exit = init.exit ?? exitCodes.usage;
    this.code = init.code ?? "Usage";
    this.target = init.target;
    this.argument = init.argument;
    this.help = init.help ?? [];
    this.requestId = init.requestId;
  }
}
