import { exitCodes } from "./errors/exit-codes.ts";

/** How long what is left may take, in milliseconds: a person, or a supervisor, waits for the end after a signal. */
const patience = 500;
/** As long where the work is done, since a busy machine may need it, and a signal takes the place of the exit code. */
const longPatience = 3000;

/** The signals that stand for exit codes; shells give a process that one of them has ended the same code. */
const signals: Readonly<Record<number, NodeJS.Signals>> = {
  [exitCodes.hangup]: "SIGHUP",
  [exitCodes.interrupted]: "SIGINT",
  [exitCodes.terminated]: "SIGTERM",
};

/**
 * Ends the process, whose work is done, with an exit code. A file that does not respond, such as a pipe without a writer or one
 * on a drive whose server is gone, holds a thread for as long, and every exit waits for that: then a signal ends the process.
 * A reader that does not take all has time without end, unless the process was asked to end. In that time a signal ends the
 * process at once, since there is nothing left to end in order.
 */
export function endProcess(exit: number): void {
  process.exitCode = exit;
  const asked = signals[exit];
  const signal = asked ?? "SIGTERM";
  for (const each of Object.values(signals)) endBy(each);
  let waited = 0;
  const step = asked === undefined ? longPatience : patience;
  // It keeps no process that can end by itself.
  setInterval(() => {
    waited += step;
    const mayWrite = asked === undefined || waited < longPatience;
    if (mayWrite && [process.stdout, process.stderr].some(isWriting)) return;
    process.kill(process.pid, signal);
  }, step).unref();
}

/**
 * Lets a signal end the process, one too that has arrived and of which the event loop has not told yet: without a listener that
 * one would be lost. None is left at the exit, where it could not run any more.
 */
function endBy(name: NodeJS.Signals): void {
  if (process.listenerCount(name) === 0) return;
  const end = (): void => {
    process.removeAllListeners(name);
    process.kill(process.pid, name);
  };
  process.on(name, end);
  for (const listen of process.listeners(name)) if (listen !== end) process.off(name, listen);
  process.once("exit", () => process.off(name, end));
}

/** Whether a reader has not taken all yet. */
function isWriting({ writable, writableLength }: NodeJS.WriteStream): boolean {
  return writable && writableLength > 0;
}
