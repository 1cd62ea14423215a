import { UserError } from "./errors/user-error.ts";
import { exitCodes } from "./errors/exit-codes.ts";

/** Watches whether a program's output can be written. */
export interface OutputGuard {
  /**
   * Writes to standard output, and resolves once that is taken: what waits for a slow reader is one chunk. Rejects with
   * `UserError` where it cannot be written, and where the reader has gone, since what it has then is not whole.
   */
  write(chunk: Uint8Array): Promise<void>;
  /**
   * Waits until what was written has succeeded or failed, and gives the error to end with in the latter case. It names
   * what was done already, since the output that says so is lost. What was done is waited for until its reader has taken
   * all, or the process is asked to stop: then the error is the reason of that.
   */
  fault(done: readonly string[], stop?: AbortSignal): Promise<UserError | undefined>;
}

/** The streams that a program writes to. */
export interface OutputStreams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/**
 * Keeps an output that cannot be written from ending the program in the middle of its work: the first error is kept
 * for the end. A reader that stops reading, as `head` does, or a terminal that was closed is an error only to `write`.
 */
export function guardOutput({ stdout, stderr }: OutputStreams): OutputGuard {
  let first: NodeJS.ErrnoException | undefined;
  let isTold = false;
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (!isReaderGone(error)) first ??= error;
  });
  // Nothing is left to write to.
  stderr.on("error", () => undefined);
  return {
    async write(chunk) {
      const error = await new Promise<Error | null | undefined>((resolve) => stdout.write(chunk, resolve));
      if (error === null || error === undefined) return;
      isTold = true;
      throw await outputFailed(error, []);
    },
    async fault(done, stop) {
      // A failed write is reported in the next turn.
      await new Promise(setImmediate);
      const isUnread = stop !== undefined && done.length > 0 && !(await isTaken(stdout, stop));
      if (first !== undefined) return isTold ? undefined : outputFailed(first, done);
      return isUnread ? unread(stop.reason, done) : undefined;
    },
  };
}

/** Waits until a reader has taken all, or nobody will; false where `stop` is aborted before. */
async function isTaken(output: NodeJS.WritableStream, stop: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const end = (): void => resolve(false);
  stop.addEventListener("abort", end);
  // It is behind all that waits.
  output.write("", () => resolve(true));
  // What the reader has room for is taken in the next turn.
  if (stop.aborted) setImmediate(end);
  const taken = await promise;
  stop.removeEventListener("abort", end);
  return taken;
}

function unread(reason: unknown, done: readonly string[]): UserError | undefined {
  if (!(reason instanceof UserError)) return undefined;
  const { message, exit, code } = reason;
  return new UserError(`${message} Standard output was not read to its end.`, { exit, code, help: done });
}

function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === "EPIPE" || code === "EIO";
}

async function outputFailed(error: NodeJS.ErrnoException, done: readonly string[]): Promise<UserError> {
  // On demand, so that help comes at once.
  const { fileErrorText } = await import("./errors/file-error-text.ts");
  const code = error.code === undefined ? "" : ` (${error.code})`;
  const message = isReaderGone(error)
    ? "Standard output was closed before all of it was written. What its reader has is not whole."
    : `Standard output cannot be written: ${fileErrorText(error)}${code}.`;
  return new UserError(message, {
    exit: exitCodes.unexpected,
    code: "OutputFailed",
    help: done,
    cause: error,
  });
}
