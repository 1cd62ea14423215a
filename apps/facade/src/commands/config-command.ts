import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import { settingsWithoutOption } from "../settings/document-settings.ts";
import type { CommandContext } from "./command-context.ts";
import type { ConfigFlags } from "./config.ts";
import { textFlag } from "./flags.ts";
import { settingFlags, sharedFlags } from "./setting-flags.ts";

/** `config` as the command line knows it. */
export const configCommand = withHelp(
  buildCommand<ConfigFlags, [], CommandContext>({
    loader: async () => {
      const { config } = await import("./config.ts");
      return function run(flags) {
        return config(this, flags);
      };
    },
    parameters: {
      flags: {
        schema: { ...textFlag("", "Print the JSON schema of the config file instead"), inferEmpty: true },
        ...settingFlags,
        config: sharedFlags.config,
      },
    },
    docs: { brief: "Show every setting, its value and where it comes from" },
  }),
  {
    usage: ["[OPTIONS]"],
    text: [
      "Takes the same options, environment and config file as serve, and prints what serve would use: one line for each " +
        "setting, with its value and the option, variable or file that has it. Passwords are hidden. Nothing is " +
        "started or changed.",
    ],
    examples: [
      { does: "Show what serve would use", line: "config --config facade.json" },
      { does: "Write the schema that completes a config file in an editor", line: "config --schema" },
    ],
    sections: [
      { title: "More settings, in the environment or the config file", rows: settingsWithoutOption() },
    ],
  },
);
