import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags } from "./shared-flags.ts";
import type { SetFlags } from "./set.ts";

/** `set APP …` as the command line knows it. */
export const setCommand = withHelp(
  buildCommand<SetFlags, readonly string[], CommandContext>({
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
          brief: "Change this version only, an ETag or its number; exit 5 if the app has another one",
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
        parameter: { brief: "The app, then its changes", placeholder: "APP CHANGE…", parse: String },
      },
    },
    docs: { brief: "Change counters of an app" },
  }),
  {
    usage: ["APP NAME=4 NAME+=1 NAME-=1 … [OPTIONS]", "APP @FILE [OPTIONS]", "APP - [OPTIONS]"],
    text: [
      "Reads the summary, shows old and new values with warnings, asks on a terminal, and changes the version that " +
        "was read. If someone else changed the app first, the change is moved onto the newer version, up to three " +
        "times, unless a counter conflicts.",
      "APP is a name, in full or a part that only one app's name contains, or an id, in full or its beginning: at " +
        "least four digits that only one id begins with.",
      "NAME is a property such as failedDeviceCount, or short. Device counters: installed, failed, not-applicable, " +
        "not-installed, pending. User counters: users.installed, users.failed and so on. = sets a counter; += adds to " +
        "its current value, -= subtracts from it. @FILE is a JSON patch in a file, - or @- one on standard input. " +
        "An app that get or list prints with --output json, or that Graph responds with, is taken too: it changes the " +
        "version that it was read at and no other.",
      "JSON: {id, etag, before, after, changed, warnings, dryRun}.",
    ],
    examples: [
      { does: "Set one counter, subtract from another", line: "set visio failed=8 users.pending-=2" },
      { does: "Show the change and send nothing", line: "set visio failed=8 --dry-run" },
      {
        does: "Change exactly this version, without a question",
        line: "set visio failed=8 --if-match 'W/\"7\"' --yes",
      },
      { does: "Apply a JSON patch", line: "set visio @patch.json" },
      { does: "Apply what get visio -o json printed into app.json, edited", line: "set payroll @app.json" },
    ],
  },
);
