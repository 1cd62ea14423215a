import { withProgramHelp } from "@install-summary/command-line";
import { buildRouteMap, type RouteMap } from "@stricli/core";
import { applyCommand } from "./apply-command.ts";
import type { CommandContext } from "./command-context.ts";
import { completeCommand, completionCommand } from "./completion-command.ts";
import { configCommand } from "./config-command.ts";
import { contractCommands } from "./contract-command.ts";
import { doctorCommand } from "./doctor-command.ts";
import { getCommand } from "./get-command.ts";
import { historyCommand } from "./history-command.ts";
import { importCommand } from "./import-command.ts";
import { listCommand } from "./list-command.ts";
import { planCommand } from "./plan-command.ts";
import { setCommand } from "./set-command.ts";
import { undoCommand } from "./undo-command.ts";

/** The commands of `install-summary`. */
export const routes: RouteMap<CommandContext> = withProgramHelp<CommandContext>(
  buildRouteMap({
    routes: {
      list: listCommand,
      get: getCommand,
      set: setCommand,
      history: historyCommand,
      undo: undoCommand,
      plan: planCommand,
      apply: applyCommand,
      import: importCommand,
      config: configCommand,
      doctor: doctorCommand,
      completion: completionCommand,
      contract: contractCommands,
      complete: completeCommand(() => routes),
    },
    docs: { brief: "Read and correct the install summaries of Intune apps", hideRoute: { complete: true } },
  }),
  {
    usage: ["[--plain | --screen-reader]", "COMMAND [OPTIONS]"],
    text: [
      "Without a command, on a terminal, it opens the editor; with --plain it has lines in place of screens, also in a pipe; " +
        "with --screen-reader the signs of the screens are words.",
    ],
    examples: [
      { does: "Find apps by words of their name or publisher", line: "list --filter outlook" },
      { does: "Show the ten counters of an app", line: 'get "Tableau Desktop"' },
      {
        does: "Show what a change would do, and send nothing",
        line: 'set "Tableau Desktop" failed=8 --dry-run',
      },
    ],
    sections: [
      {
        title: "Environment",
        rows: [
          ["INSTALL_SUMMARY_URL", "base URL ending in /beta (default: http://127.0.0.1:8420/beta)"],
          ["INSTALL_SUMMARY_TOKEN", "bearer token"],
          ["INSTALL_SUMMARY_TOKEN_FILE", "file that holds a token; it is read again on a 401"],
          ["INSTALL_SUMMARY_TOKEN_COMMAND", "command that prints a token; it runs again on a 401"],
          ["INSTALL_SUMMARY_TOKEN_TENANT", "tenant that tokens have to be of; others are never sent"],
          ["INSTALL_SUMMARY_READ_ONLY", "true refuses every change before the network"],
          ["INSTALL_SUMMARY_PROFILE", "profile of the config file; none uses no profile"],
          ["INSTALL_SUMMARY_GLYPHS", "unicode or ascii (default: by the locale)"],
          ["INSTALL_SUMMARY_PROGRAM", "how to call this program, for the commands that it shows"],
          ["INSTALL_SUMMARY_FACADE_PROGRAM", "the same for install-summary-facade"],
          ["NO_COLOR", "any value turns the editor's colours off"],
        ],
      },
      {
        title: "Exit codes",
        rows: [
          ["0", "done, also when there was nothing to change"],
          ["1", "a bug of this program, or output that cannot be written"],
          ["2", "the command line, no terminal, a question not answered with yes"],
          ["3", "not signed in, not allowed, or --read-only"],
          ["4", "no such app or change; history and undo: no change log on this server"],
          ["5", "conflict: someone else changed the same counters, or --if-match differs"],
          ["6", "values that the contract refuses"],
          ["7", "the server fails or cannot be reached"],
          ["8", "partly done: standard output says what"],
          ["129", "stopped by the end of its terminal"],
          ["130", "stopped by Ctrl-C"],
          ["143", "stopped by SIGTERM"],
        ],
      },
    ],
  },
);

/** Options whose values may begin with a minus, which stricli takes for an option. */
const takesMinus: ReadonlySet<string> = new Set(["--sort", "--filter"]);
const minusValue = /^-[^-]/;

/**
 * Short forms that stricli reads otherwise: `--sort -failed`, `--filter -adobe`, and `-ojson`. What follows `--` stays as it is.
 */
export function expandShortForms(inputs: readonly string[]): readonly string[] {
  const end = inputs.indexOf("--");
  return inputs.flatMap((input, index) => {
    if (end !== -1 && index >= end) return [input];
    const [before = "", next = ""] = [inputs[index - 1], inputs[index + 1]];
    if (takesMinus.has(input) && minusValue.test(next)) return [`${input}=${next}`];
    if (takesMinus.has(before) && minusValue.test(input)) return [];
    const output = /^-o(\w+)$/.exec(input)?.[1];
    return output === undefined ? [input] : ["--output", output];
  });
}
