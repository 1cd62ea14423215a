import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags, type SharedFlags } from "./shared-flags.ts";

/** `get APP…` as the command line knows it. */
export const getCommand = withHelp(
  buildCommand<SharedFlags, readonly string[], CommandContext>({
    loader: async () => {
      const { get } = await import("./get.ts");
      return function (flags, ...names) {
        return get(this, flags, names);
      };
    },
    parameters: {
      flags: sharedFlags,
      aliases: sharedAliases,
      positional: {
        kind: "array",
        parameter: { brief: "Id or name of an app", placeholder: "APP", parse: String },
        minimum: 1,
      },
    },
    docs: { brief: "Show the install summaries of one or several apps" },
  }),
  {
    usage: ["APP… [OPTIONS]"],
    text: [
      "Shows the ten counters with the app's name, id and ETag.",
      "APP is a name, in full or a part that only one app's name contains, or an id, in full or its beginning: at " +
        "least four digits that only one id begins with.",
      "JSON: {id, displayName, etag, summary}; an array of these for several apps. CSV and TSV: as list.",
    ],
    examples: [
      { does: "One app, by a part of its name", line: "get visio" },
      { does: "Two apps as JSON", line: 'get "Tableau Desktop" visio --output json' },
      { does: "One number, for a script", line: "get visio --query summary.failedDeviceCount" },
    ],
  },
);
