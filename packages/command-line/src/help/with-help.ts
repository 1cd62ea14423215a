import type { Command, CommandContext, RouteMap } from "@stricli/core";
import { commandHelp, programHelp } from "./format-help.ts";
import type { Help } from "./help.ts";

/** The command with this help text: usage, arguments, options and examples, no line over 80 columns. */
export function withHelp<Context extends CommandContext>(
  command: Command<Context>,
  help: Help,
): Command<Context> {
  return {
    ...command,
    formatHelp: ({ prefix, additionalFlags }) =>
      commandHelp({ prefix, additionalFlags, parameters: command.parameters, help }),
  };
}

/** The program's commands with a help text of the whole. */
export function withProgramHelp<Context extends CommandContext>(
  routes: RouteMap<Context>,
  help: Help,
): RouteMap<Context> {
  return {
    ...routes,
    formatHelp: ({ prefix, additionalFlags }) => {
      const entries = routes
        .getAllEntries()
        .filter(({ hidden }) => !hidden)
        .map(({ name, target }) => [name.original, target.brief] as const);
      return programHelp({ prefix, additionalFlags, brief: routes.brief, commands: entries, help });
    },
  };
}
