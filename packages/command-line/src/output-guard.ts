import { UserError } from "./errors/user-error.ts";
import { exitCodes } from "./errors/exit-codes.ts";

/** Watches whether a program's output can be written. */
export interface OutputGuard {
  /**
   * Waits until what was written has succeeded or failed, and gives the error to end with in the latter case. It names
   * what was done already, since the output that says so is lost.
   */
  fault(done: readonly string[]): Promise<UserError | undefined>;
}

/** The streams that a program writes to. */
export interface OutputStreams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/**
 * Keeps an output that cannot be written from ending the program in the middle of its work: the first error is kept
 * for the end. A reader that stops reading, as `head` does, or a terminal that was closed is not an error.
 */
export function guardOutput({ stdout, stderr }: OutputStreams): OutputGuard {
  let first: NodeJS.ErrnoException | undefined;
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") first ??= error;
  });
  // Nothing is left to write to.
  stderr.on("error", () => undefined);
  return {
    async fault(done) {
      // A failed write is reported in the next turn.
      await new Promise(setImmediate);
      if (first === undefined) return undefined;
      // On demand, so that help comes at once.
      const { fileErrorText } = await import("./errors/file-error-text.ts");
      const code = first.code === undefined ? "" : ` (${first.code})`;
      return new UserError(`Standard output cannot be written: ${fileErrorText(first)}${code}.`, {
        exit: exitCodes.unexpected,
        code: "OutputFailed",
        help: done,
        cause: first,
      });
    },
  };
}
