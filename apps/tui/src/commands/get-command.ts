import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags, type SharedFlags } from "./shared-flags.ts";

/** `get APP…` as the command line knows it. */
export const getCommand = buildCommand<SharedFlags, readonly string[], CommandContext>({
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
  docs: {
    brief: "Show the install summary of an app, or of several",
    customUsage: ["APP… [--output table|json]"],
    fullDescription: [
      "Shows the ten counters with the app's name, id and ETag.",
      "",
      "APP is an id, or a name: in full without regard to case, else a part that only one app's name has.",
      "JSON: {id, displayName, etag, summary}; for several apps an array of it.",
    ].join("\n"),
  },
});
