import { exitCodes, type ExitCode } from "./errors/exit-codes.ts";
import { UserError } from "./errors/user-error.ts";

const stops = {
  SIGINT: { exit: exitCodes.interrupted, by: "Ctrl-C" },
  SIGTERM: { exit: exitCodes.terminated, by: "SIGTERM" },
  SIGHUP: { exit: exitCodes.hangup, by: "the end of its terminal" },
} as const satisfies Record<string, { readonly exit: ExitCode; readonly by: string }>;

/** Which signals stop a program, and how long it may take. */
export interface StopOptions {
  readonly signals: readonly (keyof typeof stops)[];
  /** Milliseconds after the first signal when the process is killed in any case. */
  readonly deadline?: number;
}

/**
 * A signal that the first request to stop aborts, so that work ends in order; its reason is the error to end with.
 * A second request ends the process at once; the end of a terminal does not, since the shell and the system both tell of it.
 * Before this is called, the first one does.
 */
export function stopSignal({ signals, deadline }: StopOptions): AbortSignal {
  const stop = new AbortController();
  const listeners = signals.map((name) => ({ name, listen: () => request(name) }));
  for (const { name, listen } of listeners) process.on(name, listen);
  return stop.signal;

  function request(name: keyof typeof stops): void {
    // From now on the system ends the process. A listener, and an exit, could wait for a file for ever.
    for (const each of listeners) process.off(each.name, each.listen);
    if (signals.includes("SIGHUP")) process.on("SIGHUP", () => undefined);
    if (deadline !== undefined) killAfter(deadline);
    const { exit, by } = stops[name];
    stop.abort(new UserError(`Stopped by ${by}.`, { exit, code: "Stopped" }));
  }
}

/** Kills the process from a thread of its own, which runs while a file holds the main thread. */
function killAfter(milliseconds: number): void {
  // Loaded now, since every --help would wait for it; Node has it at hand.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const code = `setTimeout(() => process.kill(process.pid, "SIGKILL"), ${milliseconds})`;
  const worker = new Worker(code, { eval: true });
  // No thread can be started where the process may open no more files. Then the main thread has to do.
  worker.once("error", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), milliseconds).unref();
  });
  worker.unref();
}
