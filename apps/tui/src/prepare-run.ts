import { programCall, type Reporter } from "@install-summary/command-line";
import type { CommandEnvironment } from "./commands/environment.ts";
import { globalOptions, type GlobalOptions } from "./commands/global-options.ts";

/** What the editor and the commands begin with. */
export interface Run {
  readonly options: GlobalOptions;
  /** How a person calls the program. */
  readonly call: string;
  /** How failures are told. */
  readonly reporter: Reporter;
  /** Gives the environment with its profile and options. Rejects with `UserError`. */
  readonly loadEnvironment: () => Promise<NodeJS.ProcessEnv>;
}

/** Prepares a run with these arguments. `stopped` gives the signal that stops it, once there is one. */
export function prepareRun(
  inputs: readonly string[],
  stopped: () => AbortSignal | undefined = () => undefined,
): Run {
  const options = globalOptions(inputs);
  let environment: CommandEnvironment | undefined;
  return {
    options,
    call: programCall(process.env, "install-summary"),
    reporter: {
      name: "install-summary",
      async loadDescribe() {
        const { describeFailure } = await import("./commands/describe-failure.ts");
        const env = environment?.env ?? process.env;
        // What was stopped fails in ways of its own; why it was stopped says more.
        return (error) => {
          const stop = stopped();
          return stop?.aborted === true ? stop.reason : describeFailure(error, env);
        };
      },
      async loadMore() {
        const { originLines } = await import("./commands/environment.ts");
        return (failure) => (environment === undefined ? [] : originLines(failure, environment));
      },
    },
    async loadEnvironment() {
      const { commandEnvironment, hiddenLines } = await import("./commands/environment.ts");
      environment = await commandEnvironment(process.env, options);
      const notes = options.quiet ? [] : hiddenLines(process.env, options, environment);
      for (const line of notes) process.stderr.write(`${line}\n`);
      return environment.env;
    },
  };
}
