import {
  buildApplication,
  buildRouteMap,
  help,
  run,
  text_en,
  version,
  type PartialApplicationConfiguration,
  type StricliProcess,
} from "@stricli/core";
import packageJson from "../../package.json" with { type: "json" };
import type { CommandContext } from "./command-context.ts";
import { describeFailure } from "./describe-failure.ts";
import { describeUnknownCommand, describeUsageFault } from "./describe-usage-fault.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { importCommand } from "./import-command.ts";
import { serveCommand } from "./serve-command.ts";
import { tokenCommand } from "./token-command.ts";

const name = "install-summary-facade";

const routes = buildRouteMap({
  routes: { serve: serveCommand, token: tokenCommand, import: importCommand },
  docs: {
    brief: "Serve the install summaries of Intune apps over Graph's own contract",
    fullDescription: [
      "Serves the install summaries of Intune apps over Microsoft Graph's own contract.",
      "",
      "Every setting can stand in the environment (INSTALL_SUMMARY_DATA, INSTALL_SUMMARY_PORT, …) or in a config",
      "file: options come first, then the environment, then the file.",
    ].join("\n"),
  },
});

const configuration: PartialApplicationConfiguration = {
  name,
  scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
  documentation: { disableAnsiColor: true },
  determineExitCode: exitCodeOf,
  localization: {
    text: {
      ...text_en,
      noCommandRegisteredForInput: ({ input, corrections }) =>
        `${name}: ${describeUnknownCommand(input, corrections)}`,
      exceptionWhileParsingArguments: (error) => `${name}: ${describeUsageFault(error)}`,
      exceptionWhileLoadingCommandFunction: (error) => describeFailure(name, error),
      exceptionWhileRunningCommand: (error) => describeFailure(name, error),
    },
  },
};

const integrations = {
  help: help<CommandContext>({
    brief: "Print help and exit",
    defaultForRouteMap: true,
    formatting: {
      useAliasInUsageLine: false,
      onlyRequiredInUsageLine: true,
      caseStyle: "convert-camel-to-kebab",
    },
  }),
  version: version<CommandContext>({
    brief: "Print the version and exit",
    alias: false,
    info: { currentVersion: packageJson.version },
  }),
};

/** Runs the command that the arguments name, and resolves to its exit code. */
export async function runCommandLine(
  inputs: readonly string[],
  context: Omit<CommandContext, "endWith">,
): Promise<number> {
  const application = buildApplication<CommandContext>(routes, configuration, integrations);
  const { stdout, stderr } = context.process;
  const process: StricliProcess = { stdout, stderr, env: context.env };
  let ended: number = exitCodes.done;
  const endWith = (exit: number): void => {
    ended = exit;
  };
  await run(application, inputs, { ...context, process, endWith });
  const exit = Number(process.exitCode ?? exitCodes.done);
  if (exit === exitCodes.done) return ended;
  // Stricli counts what it does not understand below zero.
  return exit < 0 ? exitCodes.usage : exit;
}
