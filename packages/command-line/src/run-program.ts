import {
  buildApplication,
  help,
  run,
  text_en,
  version,
  type CommandContext,
  type PartialApplicationConfiguration,
  type RouteMap,
} from "@stricli/core";
import { exitCodes, type ExitCode } from "./errors/exit-codes.ts";
import type { OutputGuard } from "./output-guard.ts";
import { plainArguments } from "./plain-arguments.ts";
import { runReported, type Ended, type Process, type Reporter } from "./run-reported.ts";

/** What every command may touch. */
export interface ProgramContext extends CommandContext {
  /** Ends with another exit code than 0, though nothing failed. */
  readonly endWith: (exit: ExitCode) => void;
  /**
   * Writes what must arrive whole to standard output, no faster than it is read. Rejects with `UserError` where that fails
   * or the reader has gone.
   */
  readonly writeOutput: (chunk: Uint8Array) => Promise<void>;
  /** Names what was done already, which is told on standard error where standard output cannot be written. */
  readonly noteDone: (sentence: string) => void;
}

/** A program with commands. */
export interface Program<Context extends ProgramContext> extends Reporter {
  /** How a person calls it in a shell. @default its name */
  readonly call?: string;
  readonly version: string;
  readonly routes: RouteMap<Context>;
  /** Makes the context of a command, which is given by its name. */
  readonly context: (base: ProgramContext, command: string) => Context | Promise<Context>;
  /** Aborted when the process is asked to stop; undefined where the command has not asked for it. */
  readonly stopped?: () => AbortSignal | undefined;
  /** Rewrites short forms of the program's own before they are read. */
  readonly expand?: (inputs: readonly string[]) => readonly string[];
}

/** How far a name may be from the one that was meant: two letters exchanged, a few left out, one too many. */
const distanceOptions = {
  threshold: 5,
  weights: { insertion: 1, deletion: 3, substitution: 2, transposition: 0 },
};

/** Runs what the arguments ask for, says on standard error what failed, and resolves to the exit code. */
export async function runProgram<Context extends ProgramContext>(
  program: Program<Context>,
  process: Process,
): Promise<number> {
  const inputs = process.argv.slice(2);
  const expanded = plainArguments(program.expand?.(inputs) ?? inputs);
  return runReported(program, process, (output) => runCommands(program, expanded, process, output));
}

async function runCommands<Context extends ProgramContext>(
  { name, call = name, version: currentVersion, routes, context, stopped }: Program<Context>,
  inputs: readonly string[],
  { env, stdout }: Process,
  output: OutputGuard,
): Promise<Ended> {
  // What makes an error of words that were typed is loaded where there is one, so that --help does not wait for it.
  const failures: unknown[] = [];
  const fail = (error: unknown): string => {
    failures.push(error);
    return "";
  };
  const configuration: PartialApplicationConfiguration = {
    name: call,
    scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true, distanceOptions },
    localization: {
      text: {
        ...text_en,
        noCommandRegisteredForInput: ({ input, corrections }) =>
          fail(import("./usage-error.ts").then((made) => made.unknownCommand(input, corrections, call))),
        exceptionWhileParsingArguments: (error) =>
          fail(import("./usage-error.ts").then((made) => made.usageError(error))),
        exceptionWhileLoadingCommandFunction: fail,
        exceptionWhileLoadingCommandContext: fail,
        exceptionWhileRunningCommand: fail,
        exceptionWhileRunningIntegrationHook: ({ exception }) => fail(exception),
        exceptionWhileRunningIntegrationFlag: ({ exception }) => fail(exception),
        commandErrorResult: fail,
      },
    },
  };
  const integrations = {
    help: help<Context>({
      brief: "Print help and exit",
      defaultForRouteMap: true,
      formatting: {
        useAliasInUsageLine: false,
        onlyRequiredInUsageLine: true,
        caseStyle: "convert-camel-to-kebab",
      },
    }),
    version: version<Context>({ brief: "Print the version and exit", info: { currentVersion } }),
  };
  let exit: ExitCode = exitCodes.done;
  const done: string[] = [];
  const base = {
    // Failures alone would be written to its standard error, and those are reported in one place.
    process: { stdout, stderr: { write: () => undefined }, env },
    endWith: (code: ExitCode) => {
      exit = code;
    },
    writeOutput: (chunk: Uint8Array) => output.write(chunk),
    noteDone: (sentence: string) => {
      done.push(sentence);
    },
  };
  await run(buildApplication(routes, configuration, integrations), inputs, {
    process: base.process,
    forCommand: ({ prefix }) => context(base, prefix[1] ?? ""),
  });
  return { exit, failures: await Promise.all(failures), done, stop: stopped?.() };
}
