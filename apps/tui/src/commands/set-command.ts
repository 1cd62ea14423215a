import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags } from "./shared-flags.ts";
import type { SetFlags } from "./set.ts";

/** `set APP …` as the command line knows it. */
export const setCommand = buildCommand<SetFlags, readonly string[], CommandContext>({
  loader: async () => {
    const { set } = await import("./set.ts");
    return function (flags, ...args) {
      return set(this, flags, args);
    };
  },
  parameters: {
    flags: {
      ifMatch: {
        kind: "parsed",
        parse: String,
        optional: true,
        placeholder: "ETAG",
        brief: "Change exactly this version and no other",
      },
      dryRun: {
        kind: "boolean",
        optional: true,
        withNegated: false,
        brief: "Show what would change and send nothing",
      },
      yes: {
        kind: "boolean",
        optional: true,
        withNegated: false,
        brief: "Send without asking",
      },
      ...sharedFlags,
    },
    aliases: { ...sharedAliases, y: "yes" },
    positional: {
      kind: "array",
      parameter: { brief: "The app, then what to set", placeholder: "APP NAME=VALUE", parse: String },
    },
  },
  docs: {
    brief: "Change counters of an app",
    customUsage: [
      "APP NAME=4 NAME+=1 NAME-=1 … [--if-match ETAG] [--dry-run] [--yes] [--output table|json]",
      "APP @FILE … (a JSON patch in a file)",
      "APP - … (a JSON patch on standard input)",
    ],
    fullDescription: [
      "Reads the summary, shows old and new values with warnings, asks on a terminal, and changes the version that was",
      "read. Where someone else was faster the change is moved onto theirs, up to three times, if no counter conflicts.",
      "",
      "NAME is a counter of devices: installed, failed, not-applicable, not-installed, pending; of users: users.failed",
      "and so on; or a property's full name, failedDeviceCount. = sets, += and -= count from the value that is there.",
      "APP is an id, or a name: in full without regard to case, else a part that only one app's name has.",
      "JSON: {id, etag, before, after, changed, warnings, dryRun}.",
    ].join("\n"),
  },
});
