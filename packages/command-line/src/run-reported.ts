import { exitCodes } from "./errors/exit-codes.ts";
import { UserError, type CommandFailure } from "./errors/user-error.ts";
import { guardOutput, type OutputGuard, type OutputStreams } from "./output-guard.ts";
import { ownSignsFor } from "./text/own-signs.ts";

/** What the failures of a program are told with. */
export interface Reporter {
  /** The name of the program, which every error begins with. */
  readonly name: string;
  /** Loads what tells the failures of the program's own kinds; undefined from it means a bug. */
  readonly loadDescribe: () => Promise<(error: unknown) => CommandFailure | undefined>;
  /** Loads what else there is to say about a failure, such as where the setting at fault was made; a line each. */
  readonly loadMore?: () => Promise<(failure: CommandFailure) => readonly string[]>;
}

/** What is used of the process. */
export interface Process extends OutputStreams {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** How a task ended that did not throw. */
export interface Ended {
  readonly exit: number;
  /** In the order of failing. */
  readonly failures?: readonly unknown[];
  /** What was done already. */
  readonly done?: readonly string[];
  /** Aborted when the process is asked to stop, which the task has listened to. */
  readonly stop?: AbortSignal | undefined;
}

/** Runs a task, says on standard error what failed, and resolves to the exit code. */
export async function runReported(
  reporter: Reporter,
  process: Process,
  task: (output: OutputGuard) => Promise<Ended>,
): Promise<number> {
  const output = guardOutput(process);
  const {
    exit,
    failures = [],
    done = [],
    stop,
  } = await task(output).catch((error: unknown) => ({
    exit: exitCodes.unexpected,
    failures: [error],
    done: [],
    stop: undefined,
  }));
  // One that failed has told how far it came.
  const fault = await output.fault(done, failures.length === 0 ? stop : undefined);
  const all = fault === undefined ? failures : [...failures, fault];
  if (all.length === 0) return exit;
  // On demand, so that help comes at once.
  const [{ reportFailures }, { bug }, describe, more] = await Promise.all([
    import("./report-failure.ts"),
    import("./bug.ts"),
    reporter.loadDescribe(),
    reporter.loadMore?.(),
  ]);
  const signs = ownSignsFor(process.env);
  const inputs = process.argv.slice(2);
  const described = all.map((error) =>
    error instanceof UserError ? error : (describe(error) ?? bug(error)),
  );
  reportFailures(described, { name: reporter.name, inputs, stderr: process.stderr, signs, more });
  return described[0]?.exit ?? exitCodes.unexpected;
}
