/** How a command ends, as scripts see it. */
export const exitCodes = {
  done: 0,
  /** A defect of this program. */
  unexpected: 1,
  /** The command line is wrong, or a question could not be answered. */
  usage: 2,
  /** Not signed in, not allowed, or read-only. */
  forbidden: 3,
  notFound: 4,
  conflict: 5,
  /** The values were refused. */
  refused: 6,
  /** The server failed or cannot be reached. */
  unreachable: 7,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a `CommandError` can be made of beside its message. */
export interface CommandErrorInit {
  readonly exit: ExitCode;
  /** One word for programs, such as `ReadOnly`. */
  readonly code: string;
  /** The property, option or variable at fault. */
  readonly target?: string | undefined;
  /** The argument at fault, as it was typed: it is underlined. */
  readonly argument?: string | undefined;
  /** What to do, one line each. */
  readonly help?: readonly string[] | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** An end of a command that its user can do something about. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exit: ExitCode;
  readonly code: string;
  readonly target: string | undefined;
  readonly argument: string | undefined;
  readonly help: readonly string[];
  readonly requestId: string | undefined;

  constructor(message: string, init: CommandErrorInit) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.exit = init.exit;
    this.code = init.code;
    this.target = init.target;
    this.argument = init.argument;
    this.help = init.help ?? [];
    this.requestId = init.requestId;
  }
}
