import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import { settingsWithoutOption } from "../settings/document-settings.ts";
import type { CommandContext } from "./command-context.ts";
import type { ServeFlags } from "./serve.ts";
import { settingFlags, sharedFlags } from "./setting-flags.ts";

/** `serve` as the command line knows it. */
export const serveCommand = withHelp(
  buildCommand<ServeFlags, [], CommandContext>({
    loader: async () => {
      const { serve } = await import("./serve.ts");
      return function run(flags) {
        return serve(this, flags);
      };
    },
    parameters: { flags: { ...settingFlags, config: sharedFlags.config } },
    docs: { brief: "Serve the store over HTTP until it is stopped" },
  }),
  {
    usage: ["[OPTIONS]"],
    text: [
      "Serves the store over HTTP, prints its URL as soon as it responds, and logs each request. Ctrl-C or SIGTERM " +
        "finishes running requests and stops; a second one stops at once.",
      "Options override the environment, which overrides the config file. Each option has a variable too: " +
        "INSTALL_SUMMARY_PORT for --port.",
    ],
    examples: [
      { does: "Serve on http://127.0.0.1:8420/beta", line: "serve" },
      { does: "Serve another folder on any free port", line: "serve --data ./staging --port 0" },
      {
        does: "Serve other machines, with tokens of Entra ID",
        line: "serve --tenants ID --audience ID --host 10.0.0.5",
      },
    ],
    sections: [
      { title: "More settings, in the environment or the config file", rows: settingsWithoutOption() },
    ],
  },
);
