import { CommandError, exitCodes, type ExitCode } from "./errors/command-error.ts";

const inputs = process.argv.slice(2);

// Whoever reads the output may stop reading, as `head` does; that is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await main();

async function main(): Promise<number> {
  if (inputs.length === 0) return openEditor();
  const { runCommandLine } = await import("./commands/command-line.ts");
  const { env, stdin, stdout, stderr } = process;
  const signal = stopSignal();
  const failures = await runCommandLine(inputs, { env, stdin, stdout, stderr, signal });
  let exit: number = exitCodes.done;
  for (const failure of failures) {
    // What was stopped fails in ways of its own; why it was stopped is the better answer.
    const isOwn = failure instanceof CommandError || !signal.aborted;
    exit = await report(isOwn ? failure : signal.reason);
  }
  return exit;
}

async function openEditor(): Promise<number> {
  const { env, stdin, stdout } = process;
  const end = new AbortController();
  try {
    if (!stdin.isTTY || !stdout.isTTY) throw noTerminal();
    const { connect } = await import("./server/connection.ts");
    // The editor shows each wait and each try, so the client makes none behind its back.
    const connection = connect(env, { retry: 0, timeout: 15_000, signal: end.signal });
    const { runEditor } = await import("./editor/run-editor.tsx");
    return await runEditor({ ...connection, env, stdin, stdout });
  } catch (error) {
    return report(error);
  } finally {
    // A token command that still runs would keep the terminal.
    end.abort();
  }
}

async function report(error: unknown): Promise<ExitCode> {
  const { reportFailure } = await import("./commands/report-failure.ts");
  return reportFailure(error, inputs, process.stderr);
}

function noTerminal(): CommandError {
  const message = "the editor needs a terminal; without one use the commands list, get and set (see --help).";
  return new CommandError(message, { exit: exitCodes.usage, code: "NoTerminal" });
}

/** A first Ctrl-C or SIGTERM lets the command end in order, a second one ends it at once. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const endOn = (signal: NodeJS.Signals, exit: ExitCode, message: string): void => {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(exit);
      stop.abort(new CommandError(message, { exit, code: "Stopped" }));
    });
  };
  endOn("SIGINT", exitCodes.interrupted, "stopped by Ctrl-C.");
  endOn("SIGTERM", exitCodes.terminated, "stopped by SIGTERM.");
  return stop.signal;
}
