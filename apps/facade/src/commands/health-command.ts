import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import type { ServeFlags } from "./serve.ts";
import { settingFlags, sharedFlags } from "./setting-flags.ts";

/** `health` as the command line knows it. */
export const healthCommand = withHelp(
  buildCommand<ServeFlags, [], CommandContext>({
    loader: async () => {
      const { health } = await import("./health.ts");
      return function run(flags) {
        return health(this, flags);
      };
    },
    parameters: { flags: { ...settingFlags, config: sharedFlags.config } },
    docs: { brief: "Ask the facade that serves these settings whether it responds" },
  }),
  {
    usage: ["[OPTIONS]"],
    text: [
      "Takes the same options, environment and config file as serve, and sends one GET /livez to where they say that it " +
        "serves on this machine: the health check of a container. Exits with 0 if the facade responds within 4 seconds, " +
        "else with 7.",
    ],
    examples: [
      { does: "Check the facade of this machine", line: "health" },
      { does: "Check one that serves HTTPS on another port", line: "health --https --port 8443" },
    ],
  },
);
