import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedFlags, switchFlag, textFlag } from "./shared-flags.ts";
import type { ServeFlags } from "./serve.ts";

/** `serve` as the command line knows it. */
export const serveCommand = withHelp(
  buildCommand<ServeFlags, [], CommandContext>({
    loader: async () => {
      const { serve } = await import("./serve.ts");
      return function run(flags) {
        return serve(this, flags);
      };
    },
    parameters: {
      flags: {
        host: textFlag("ADDRESS", "Loopback address to listen on, default 127.0.0.1"),
        port: textFlag("PORT", "Port to listen on, default 8420; 0 picks a free one"),
        readOnly: switchFlag("Refuse every PATCH"),
        log: textFlag("text|json", "Form of the log on standard output, default text"),
        ...sharedFlags,
      },
    },
    docs: { brief: "Serve the store over HTTP until it is stopped" },
  }),
  {
    usage: ["[OPTIONS]"],
    text: [
      "Serves the store over HTTP, prints its URL as soon as it answers, and logs each request. Ctrl-C or SIGTERM " +
        "finishes running requests and stops; a second one stops at once.",
    ],
    examples: [
      { does: "Serve on http://127.0.0.1:8420/beta", line: "serve" },
      { does: "Serve another folder on any free port", line: "serve --data ./staging --port 0" },
    ],
  },
);
