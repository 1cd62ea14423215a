import { exitCodes, type ExitCode } from "./errors/exit-codes.ts";
import { UserError } from "./errors/user-error.ts";

const stops = {
  SIGINT: { exit: exitCodes.interrupted, by: "Ctrl-C" },
  SIGTERM: { exit: exitCodes.terminated, by: "SIGTERM" },
  SIGHUP: { exit: exitCodes.hangup, by: "the end of its terminal" },
} as const satisfies Record<string, { readonly exit: ExitCode; readonly by: string }>;

export interface StopOptions {
  readonly signals: readonly (keyof typeof stops)[];
  /** Milliseconds after the first signal when the process is killed in any case. */
  readonly deadline?: number;
}

/**
 * A signal that the first request to stop aborts, so that work ends in order; its reason is the error to end with.
 * A second request ends the process at once. Before this is called, the first one does.
 */
export function stopSignal({ signals, deadline }: StopOptions): AbortSignal {
  const stop = new AbortController();
  for (const name of signals) {
    const { exit, by } = stops[name];
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(exit);
      // Killed, since an exit waits for the threads that read and write files, and a file can hold one for ever.
      if (deadline !== undefined) setTimeout(() => process.kill(process.pid, "SIGKILL"), deadline).unref();
      stop.abort(new UserError(`Stopped by ${by}.`, { exit, code: "Stopped" }));
    });
  }
  return stop.signal;
}
