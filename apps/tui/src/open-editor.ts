import { setFlagsFromString } from "node:v8";
import { endProcess, runReported } from "@install-summary/command-line";
import { UserError } from "@install-summary/command-line/errors";
import * as environmentReader from "./commands/environment.ts";
import { runEditor } from "./editor/run-editor.ts";
import { prepareRun } from "./prepare-run.ts";
import { connect } from "./server/connection.ts";

const { options, reporter, loadEnvironment } = prepareRun(process.argv.slice(2), {
  environmentReader: () => environmentReader,
});
const { argv, env: givenEnv, stdin, stdout, stderr } = process;

// The arguments are the editor's options; no failure is about one of them as it was typed.
const exit = await runReported(
  reporter,
  { argv: argv.slice(0, 2), env: givenEnv, stdout, stderr },
  async () => ({ exit: await openEditor() }),
);
endProcess(exit);

async function openEditor(): Promise<number> {
  const stop = new AbortController();
  try {
    // A terminal that cannot move its cursor has lines all the same.
    const isPlain = options.plain || (stdin.isTTY && stdout.isTTY && givenEnv["TERM"] === "dumb");
    if (!isPlain && (!stdin.isTTY || !stdout.isTTY)) throw noTerminal();
    keepYoungHeapSmall();
    const { env, settings } = await loadEnvironment();
    // The editor shows each wait and each try, so the client makes none of its own.
    const connection = connect(env, {
      retry: 0,
      timeout: 15_000,
      signal: stop.signal,
      ...(isPlain && { stderr }),
    });
    if (isPlain) {
      const { runPlain } = await import("./editor/run-plain.ts");
      return await runPlain({ ...connection, settings, stop, env, stdin, stdout });
    }
    const isSpoken = options.screenReader || env["INK_SCREEN_READER"] === "true";
    return await runEditor({ ...connection, settings, stop, env, stdin, stdout, isSpoken });
  } finally {
    // A token command that still runs would keep the terminal.
    stop.abort();
  }
}

/**
 * Node lets the part of its memory for new objects grow to more than a hundred megabytes while a long list is read, and
 * never gives it back. The editor runs for days, so it stays at the size that it has at the start.
 */
function keepYoungHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

function noTerminal(): UserError {
  const message =
    "The editor needs a terminal; without one use --plain, or the commands list, get and set (see --help).";
  return new UserError(message, { code: "NoTerminal" });
}
