import { programCall, type Reporter } from "@install-summary/command-line";
import type * as environmentModule from "./commands/environment.ts";
import { globalOptions, type GlobalOptions } from "./commands/global-options.ts";

/** What the editor and the commands begin with. */
export interface Run {
  readonly options: GlobalOptions;
  /** How a person calls the program. */
  readonly call: string;
  /** How failures are told. */
  readonly reporter: Reporter;
  /** Gives the environment with its profile and options. Rejects with `UserError`. */
  readonly loadEnvironment: () => Promise<environmentModule.CommandEnvironment>;
}

/** What a run is prepared with. */
export interface RunParts {
  /** Gives what reads the environment: loaded on demand, or with the rest where it is needed at once. */
  readonly environmentReader: () => EnvironmentReader | Promise<EnvironmentReader>;
  /** Gives the signal that stops the run, once there is one. */
  readonly stopped?: () => AbortSignal | undefined;
}

type EnvironmentReader = Pick<typeof environmentModule, "commandEnvironment" | "hiddenLines" | "originLines">;

/** Prepares a run with these arguments. */
export function prepareRun(
  inputs: readonly string[],
  { environmentReader, stopped = () => undefined }: RunParts,
): Run {
  const options = globalOptions(inputs);
  let environment: environmentModule.CommandEnvironment | undefined;
  return {
    options,
    call: programCall(process.env, "install-summary"),
    reporter: {
      name: "install-summary",
      async loadDescribe() {
        const { describeFailure } = await import("./commands/describe-failure.ts");
        // What was stopped fails in ways of its own; why it was stopped says more. Without an environment no server was asked.
        return (error) => {
          const stop = stopped();
          if (stop?.aborted === true) return stop.reason;
          return environment === undefined ? undefined : describeFailure(error, environment);
        };
      },
      async loadMore() {
        const { originLines } = await environmentReader();
        return (failure) => (environment === undefined ? [] : originLines(failure, environment));
      },
    },
    async loadEnvironment() {
      const { commandEnvironment, hiddenLines } = await environmentReader();
      environment = await commandEnvironment(process.env, options);
      const notes = options.quiet ? [] : hiddenLines(process.env, options, environment);
      for (const line of notes) process.stderr.write(`${line}\n`);
      return environment;
    },
  };
}
