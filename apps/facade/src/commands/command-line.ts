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
import { exitCodes } from "./exit-codes.ts";
import { importCommand } from "./import-command.ts";
import { serveCommand } from "./serve-command.ts";
import { tokenCommand } from "./token-command.ts";
import { unknownCommand, usageFault } from "./usage-fault.ts";

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
  const failures: unknown[] = [];
  const fail = (error: unknown): string => {
    failures.push(error);
    return "";
  };
  const configuration: PartialApplicationConfiguration = {
    name: "install-summary-facade",
    scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
    localization: {
      text: {
        ...text_en,
        noCommandRegisteredForInput: ({ input, corrections }) => fail(unknownCommand(input, corrections)),
        exceptionWhileParsingArguments: (error) => fail(usageFault(error)),
        exceptionWhileLoadingCommandFunction: fail,
        exceptionWhileRunningCommand: fail,
      },
    },
  };
  const application = buildApplication<CommandContext>(routes, configuration, integrations);
  const process: StricliProcess = {
    stdout: context.process.stdout,
    // Only failures would be written there, and those are reported in one place.
    stderr: { write: () => undefined },
    env: context.env,
  };
  let exit: number = exitCodes.done;
  const endWith = (code: number): void => {
    exit = code;
  };
  await run(application, inputs, { ...context, process, endWith });
  if (failures.length === 0) return exit;
  // On demand, so that help comes at once.
  const { reportFailures } = await import("./report-failures.ts");
  return reportFailures(failures, context.process.stderr);
}
