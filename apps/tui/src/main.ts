import { programCall, runProgram, stopSignal } from "@install-summary/command-line";
import { UserError } from "@install-summary/command-line/errors";
import packageJson from "../package.json" with { type: "json" };
import { expandShortForms, routes } from "./commands/routes.ts";

const { env } = process;
const call = programCall(env, "install-summary");
let stopped: AbortSignal | undefined;

process.exitCode = await runProgram(
  {
    name: "install-summary",
    call,
    version: packageJson.version,
    routes,
    context(base) {
      stopped = stopSignal({ signals: ["SIGINT", "SIGTERM"] });
      // Not before a command runs: opening standard input takes longer than printing help.
      const { stdin, stdout, stderr } = process;
      return { ...base, env, call, stdin, stdout, stderr, signal: stopped };
    },
    withoutArguments: openEditor,
    expand: expandShortForms,
    async loadDescribe() {
      const { describeFailure } = await import("./commands/describe-failure.ts");
      // What was stopped fails in ways of its own; why it was stopped says more.
      return (error) => (stopped?.aborted === true ? stopped.reason : describeFailure(error, env));
    },
  },
  process,
);

async function openEditor(): Promise<number> {
  const { stdin, stdout } = process;
  const end = new AbortController();
  try {
    if (!stdin.isTTY || !stdout.isTTY) throw noTerminal();
    if (env["TERM"] === "dumb") throw dumbTerminal();
    const { connect } = await import("./server/connection.ts");
    // The editor shows each wait and each try, so the client makes none of its own.
    const connection = connect(env, { retry: 0, timeout: 15_000, signal: end.signal });
    const { runEditor } = await import("./editor/run-editor.tsx");
    return await runEditor({ ...connection, env, stdin, stdout });
  } finally {
    // A token command that still runs would keep the terminal.
    end.abort();
  }
}

function dumbTerminal(): UserError {
  const message =
    "The editor needs a terminal that can move its cursor, and TERM is dumb; use list, get and set.";
  return new UserError(message, { code: "NoTerminal" });
}

function noTerminal(): UserError {
  const message = "The editor needs a terminal; without one use the commands list, get and set (see --help).";
  return new UserError(message, { code: "NoTerminal" });
}
