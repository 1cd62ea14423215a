import { endProcess, runProgram, stopSignal, type ProgramContext } from "@install-summary/command-line";
import packageJson from "../package.json" with { type: "json" };
import type { CommandContext } from "./commands/command-context.ts";
import type { CommandEnvironment } from "./commands/environment.ts";
import { commandFirst } from "./commands/global-options.ts";
import { expandShortForms, routes } from "./commands/routes.ts";
import { prepareRun } from "./prepare-run.ts";
import { stopDeadline } from "./stop-deadline.ts";

const inputs = process.argv.slice(2);
/** Commands about the settings themselves, which have to work where those are wrong. */
const withoutProfile: ReadonlySet<string> = new Set(["config", "completion", "complete"]);
let stopped: AbortSignal | undefined;
const { options, call, reporter, loadEnvironment } = prepareRun(inputs, {
  environmentReader: () => import("./commands/environment.ts"),
  stopped: () => stopped,
});

const exit = await runProgram(
  {
    ...reporter,
    call,
    version: packageJson.version,
    routes,
    context: commandContext,
    stopped: () => stopped,
    expand: expandShortForms,
  },
  {
    argv: [...process.argv.slice(0, 2), ...commandFirst(inputs)],
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
  },
);
endProcess(exit);

async function commandContext(base: ProgramContext, command: string): Promise<CommandContext> {
  const { stdout, stderr } = process;
  const environment = withoutProfile.has(command) ? undefined : await loadEnvironment();
  if (options.verbose) await traceRequests();
  const profiled = (): CommandEnvironment => {
    if (environment === undefined) throw new Error(`${command} asks no server`);
    return environment;
  };
  return {
    ...base,
    env: environment?.env ?? process.env,
    call,
    get place() {
      return profiled().place;
    },
    placeAt: (baseUrl) => profiled().placeAt(baseUrl),
    // To open standard input takes longer than to print help, so it is opened by the commands that read it.
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr: options.quiet ? { write: () => undefined } : stderr,
    questions: stderr,
    // What does not ask for it is ended by the first signal, also while a file holds the main thread.
    get signal() {
      stopped ??= stopSignal({ signals: ["SIGINT", "SIGTERM", "SIGHUP"], deadline: stopDeadline(command) });
      return stopped;
    },
  };
}

async function traceRequests(): Promise<void> {
  const { traceFetch } = await import("./server/trace-fetch.ts");
  globalThis.fetch = traceFetch(globalThis.fetch, (line) => process.stderr.write(`${line}\n`));
}
