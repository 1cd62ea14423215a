import { setFlagsFromString } from "node:v8";
import { programCall, runProgram, stopSignal, type ProgramContext } from "@install-summary/command-line";
import { UserError } from "@install-summary/command-line/errors";
import packageJson from "../package.json" with { type: "json" };
import type { CommandContext } from "./commands/command-context.ts";
import type { CommandEnvironment } from "./commands/environment.ts";
import { commandFirst, globalOptions, isForEditor } from "./commands/global-options.ts";
import { expandShortForms, routes } from "./commands/routes.ts";

const inputs = process.argv.slice(2);
const options = globalOptions(inputs);
/** Commands about the settings themselves, which have to work where those are wrong. */
const withoutProfile: ReadonlySet<string> = new Set(["config", "completion", "complete"]);
const call = programCall(process.env, "install-summary");
let stopped: AbortSignal | undefined;
let environment: CommandEnvironment | undefined;

process.exitCode = await runProgram(
  {
    name: "install-summary",
    call,
    version: packageJson.version,
    routes,
    context: commandContext,
    withoutArguments: openEditor,
    expand: expandShortForms,
    async loadDescribe() {
      const { describeFailure } = await import("./commands/describe-failure.ts");
      const env = environment?.env ?? process.env;
      // What was stopped fails in ways of its own; why it was stopped says more.
      return (error) => (stopped?.aborted === true ? stopped.reason : describeFailure(error, env));
    },
    async loadMore() {
      const { originLines } = await import("./commands/environment.ts");
      return (failure) => (environment === undefined ? [] : originLines(failure, environment));
    },
  },
  {
    argv: [...process.argv.slice(0, 2), ...(isForEditor(inputs) ? [] : commandFirst(inputs))],
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
  },
);

async function commandContext(base: ProgramContext, command: string): Promise<CommandContext> {
  stopped = stopSignal({ signals: ["SIGINT", "SIGTERM"] });
  const { stdin, stdout, stderr } = process;
  const env = withoutProfile.has(command) ? process.env : await loadEnvironment();
  if (options.verbose) await traceRequests();
  return {
    ...base,
    env,
    call,
    // Not before a command runs: opening standard input takes longer than printing help.
    stdin,
    stdout,
    stderr: options.quiet ? { write: () => undefined } : stderr,
    questions: stderr,
    signal: stopped,
  };
}

async function loadEnvironment(): Promise<NodeJS.ProcessEnv> {
  const { commandEnvironment, hiddenLines } = await import("./commands/environment.ts");
  environment = await commandEnvironment(process.env, options);
  const notes = options.quiet ? [] : hiddenLines(process.env, options, environment);
  for (const line of notes) process.stderr.write(`${line}\n`);
  return environment.env;
}

async function traceRequests(): Promise<void> {
  const { traceFetch } = await import("./server/trace-fetch.ts");
  globalThis.fetch = traceFetch(globalThis.fetch, (line) => process.stderr.write(`${line}\n`));
}

async function openEditor(): Promise<number> {
  const { stdin, stdout } = process;
  const end = new AbortController();
  try {
    // A terminal that cannot move its cursor has lines all the same.
    const isPlain = options.plain || (stdin.isTTY && stdout.isTTY && process.env["TERM"] === "dumb");
    if (!isPlain && (!stdin.isTTY || !stdout.isTTY)) throw noTerminal();
    keepYoungHeapSmall();
    const env = await loadEnvironment();
    const { connect } = await import("./server/connection.ts");
    // The editor shows each wait and each try, so the client makes none of its own.
    const connection = connect(env, { retry: 0, timeout: 15_000, signal: end.signal });
    if (isPlain) {
      const { runPlain } = await import("./editor/run-plain.ts");
      return await runPlain({ ...connection, env, stdin, stdout });
    }
    const { runEditor } = await import("./editor/run-editor.tsx");
    const isSpoken = options.screenReader || env["INK_SCREEN_READER"] === "true";
    return await runEditor({ ...connection, env, stdin, stdout, isSpoken });
  } finally {
    // A token command that still runs would keep the terminal.
    end.abort();
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
