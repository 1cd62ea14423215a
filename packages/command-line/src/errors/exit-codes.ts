/** How a command of either program ends, as scripts see it. The numbers never change. */
export const exitCodes = {
  done: 0,
  /** A bug of the program, or output that cannot be written. */
  unexpected: 1,
  /** The command line, a setting, a missing terminal, or a question that was not answered with yes. */
  usage: 2,
  /** Not signed in, not allowed, or read-only. */
  forbidden: 3,
  notFound: 4,
  conflict: 5,
  /** The values or the file were refused as a whole. */
  refused: 6,
  /** The server or the store fails, or cannot be reached. */
  unavailable: 7,
  /** Some of it is done, and standard output says what. */
  partly: 8,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
