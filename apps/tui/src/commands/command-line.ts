import {
  buildApplication,
  buildRouteMap,
  help,
  type PartialApplicationConfiguration,
  run,
  text_en,
  version,
  type StricliProcess,
} from "@stricli/core";
import packageJson from "../../package.json" with { type: "json" };
import { CommandError, exitCodes } from "../errors/command-error.ts";
import { programCall } from "../words/program-call.ts";
import type { CommandContext } from "./command-context.ts";
import { getCommand } from "./get-command.ts";
import { listCommand } from "./list-command.ts";
import { setCommand } from "./set-command.ts";
import { usageError } from "./usage-error.ts";

const routes = buildRouteMap({
  routes: { list: listCommand, get: getCommand, set: setCommand },
  docs: {
    brief: "Read and correct the install summaries of Intune apps",
    fullDescription: [
      "Reads and corrects the install summaries of Intune apps.",
      "Without a command, on a terminal, it opens the editor.",
      "",
      "Environment:",
      "  INSTALL_SUMMARY_URL            base URL that ends in /beta, default http://127.0.0.1:8420/beta",
      "  INSTALL_SUMMARY_TOKEN          bearer token",
      "  INSTALL_SUMMARY_TOKEN_COMMAND  command that prints one, run again when it is refused",
      "",
      "Exit codes: 0 done, 1 a defect of this program, 2 usage, 3 not allowed, 4 not found, 5 conflict,",
      "6 refused values, 7 server or network.",
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

/** Runs the command that the arguments name and gives what it failed with, in the order of failing. */
export async function runCommandLine(
  inputs: readonly string[],
  context: Omit<CommandContext, "process">,
): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  const fail = (error: unknown): string => {
    failures.push(error);
    return "";
  };
  const configuration: PartialApplicationConfiguration = {
    name: "install-summary",
    scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
    localization: {
      text: {
        ...text_en,
        noCommandRegisteredForInput: ({ input, corrections }) => fail(noSuchCommand(input, corrections)),
        exceptionWhileParsingArguments: (error) => fail(usageError(error)),
        exceptionWhileLoadingCommandFunction: fail,
        exceptionWhileLoadingCommandContext: fail,
        exceptionWhileRunningCommand: fail,
        exceptionWhileRunningIntegrationHook: ({ exception }) => fail(exception),
        exceptionWhileRunningIntegrationFlag: ({ exception }) => fail(exception),
        commandErrorResult: fail,
      },
    },
  };
  const application = buildApplication<CommandContext>(routes, configuration, integrations);
  const process: StricliProcess = {
    stdout: context.stdout,
    // Only errors would be written there, and those are given back to be reported in one place.
    stderr: { write: () => undefined },
    env: context.env,
  };
  await run(application, joinSort(inputs), { ...context, process });
  return failures;
}

function noSuchCommand(input: string, corrections: readonly string[]): CommandError {
  const meant = corrections.map((correction) => `Did you mean ${correction.replaceAll("`", "")}?`);
  if (input.startsWith("-"))
    meant.push(`Options stand behind the command: ${programCall()} list --output json`);
  return new CommandError(`there is no command ${input}.`, {
    exit: exitCodes.usage,
    code: "UnknownCommand",
    argument: input,
    help: [...meant, `${programCall()} --help lists the commands.`],
  });
}

/** `--sort -failed` as one argument: apart from it, `-failed` looks like an option. */
function joinSort(inputs: readonly string[]): readonly string[] {
  return inputs.flatMap((input, index) => {
    const next = inputs[index + 1];
    if (input === "--sort" && next !== undefined && /^-[^-]/.test(next)) return [`--sort=${next}`];
    return inputs[index - 1] === "--sort" && /^-[^-]/.test(input) ? [] : [input];
  });
}
