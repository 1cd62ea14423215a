import { exitCodes, type ExitCode } from "./errors/exit-codes.ts";
import { UserError } from "./errors/user-error.ts";
import { unblockTerminal } from "./unblock-terminal.ts";

const stops = {
  SIGINT: { exit: exitCodes.interrupted, by: "Ctrl-C" },
  SIGTERM: { exit: exitCodes.terminated, by: "SIGTERM" },
  SIGHUP: { exit: exitCodes.hangup, by: "the end of its terminal" },
} as const satisfies Record<string, { readonly exit: ExitCode; readonly by: string }>;

/** Which signals stop a program, and how long it may take. */
export interface StopOptions {
  readonly signals: readonly (keyof typeof stops)[];
  /** Milliseconds after the first signal when it ends the process in any case. @default 10,000 */
  readonly deadline?: number;
}

/**
 * A signal that the first request to stop aborts, so that work ends in order; its reason is the error to end with.
 * A second request ends the process at once; the end of a terminal does not, since the shell and the system both tell of it.
 * Before this is called, the first one does.
 */
export function stopSignal({ signals, deadline = 10_000 }: StopOptions): AbortSignal {
  const stop = new AbortController();
  for (const name of signals) process.on(name, () => request(name));
  // A listener hears nothing while a terminal holds a write.
  for (const output of [process.stdout, process.stderr]) unblockTerminal(output);
  return stop.signal;

  function request(name: keyof typeof stops): void {
    // From now on the system ends the process. A listener, whoever added it, and an exit could wait for a file for ever.
    if (signals.includes("SIGHUP")) process.on("SIGHUP", toldAgain);
    for (const each of signals) {
      for (const listen of process.listeners(each)) if (listen !== toldAgain) process.off(each, listen);
    }
    // The end of a terminal, told again, does nothing.
    endAfter(deadline, name === "SIGHUP" ? "SIGTERM" : name);
    const { exit, by } = stops[name];
    stop.abort(new UserError(`Stopped by ${by}.`, { exit, code: "Stopped" }));
  }
}

/** Both the shell and the system tell of the end of a terminal. */
function toldAgain(): void {}

/**
 * Ends the process by the signal that it was asked with, for which shells and supervisors have the same word as for its exit
 * code. A thread of its own does it, which runs while a file holds the main thread.
 */
function endAfter(milliseconds: number, name: NodeJS.Signals): void {
  // Where the process may open no more files, or start no more threads, the main thread has to do.
  const endHere = (): void => {
    setTimeout(() => process.kill(process.pid, name), milliseconds).unref();
  };
  // Loaded now, since every --help would wait for it; Node has it at hand.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const code = `setTimeout(() => process.kill(process.pid, "${name}"), ${milliseconds})`;
  try {
    new Worker(code, { eval: true }).once("error", endHere).unref();
  } catch {
    endHere();
  }
}
