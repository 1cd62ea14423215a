import { withHelp } from "@install-summary/command-line";
import { buildCommand, type Command, type RouteMap } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { shells, type Shell } from "./completion-shells.ts";

/** `completion SHELL` as the command line knows it. */
export const completionCommand = withHelp(
  buildCommand<Readonly<Record<string, never>>, [Shell], CommandContext>({
    loader: async () => {
      const { completionScripts } = await import("./completion-scripts.ts");
      return function (_, shell) {
        this.process.stdout.write(completionScripts[shell]);
      };
    },
    parameters: {
      flags: {},
      positional: {
        kind: "tuple",
        parameters: [{ brief: shells.join(", "), placeholder: "SHELL", parse: parseShell }],
      },
    },
    docs: { brief: "Print the script by which a shell completes this program's words" },
  }),
  {
    usage: [shells.join("|")],
    text: [
      "Load it in the shell's own start file. Commands, options, their values, counters, profiles and files are completed; no " +
        "server is asked.",
    ],
    examples: [
      { does: "bash, in ~/.bashrc", line: "source <({program} completion bash)" },
      { does: "zsh, into a folder of fpath", line: 'completion zsh > "${fpath[1]}/_install-summary"' },
      { does: "fish, in config.fish", line: "completion fish | source" },
      { does: "PowerShell, in its profile", line: "completion pwsh | Out-String | Invoke-Expression" },
    ],
  },
);

function parseShell(text: string): Shell {
  const shell = shells.find((known) => known === text.replace(/^powershell$/i, "pwsh"));
  if (shell !== undefined) return shell;
  throw new Error(`must be ${shells.join(", ")}`);
}

/** `complete -- =WORD BEFORE…`, which the scripts call: it prints what can come in the place of a word. */
export function completeCommand(routes: () => RouteMap<CommandContext>): Command<CommandContext> {
  return buildCommand<Readonly<Record<string, never>>, readonly string[], CommandContext>({
    loader: async () => {
      const { complete } = await import("./complete.ts");
      return function (_, current = "", ...before) {
        return complete(this, current.replace(/^=/, ""), before, routes());
      };
    },
    parameters: { flags: {}, positional: { kind: "array", parameter: { brief: "Words", parse: String } } },
    docs: { brief: "Print what can come next on a command line" },
  });
}
