import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags } from "./shared-flags.ts";
import type { UndoFlags } from "./undo.ts";

/** `undo APP [CHANGE]` as the command line knows it. */
export const undoCommand = withHelp(
  buildCommand<UndoFlags, [string, string?], CommandContext>({
    loader: async () => {
      const { undo } = await import("./undo.ts");
      return function (flags, name, change) {
        return undo(this, flags, name, change);
      };
    },
    parameters: {
      flags: {
        dryRun: {
          kind: "boolean",
          optional: true,
          withNegated: false,
          brief: "Show what would change and send nothing",
        },
        yes: { kind: "boolean", optional: true, withNegated: false, brief: "Send without asking" },
        partly: {
          kind: "boolean",
          optional: true,
          withNegated: false,
          brief: "Leave out counters that others have changed since, and take the rest back",
        },
        ...sharedFlags,
      },
      aliases: { ...sharedAliases, y: "yes" },
      positional: {
        kind: "tuple",
        parameters: [
          { brief: "The app", placeholder: "APP", parse: String },
          {
            brief: "The version that the change made; your latest change when it is left out",
            placeholder: "CHANGE",
            parse: String,
            optional: true,
          },
        ],
      },
    },
    docs: { brief: "Take a change of an app back" },
  }),
  {
    usage: ["APP [CHANGE] [OPTIONS]"],
    text: [
      "Gives the counters of a change the values that they had before it: shows old and new, asks on a terminal, and sends " +
        "it guarded by the version that was read. A counter that someone has changed since is a conflict: nothing is sent " +
        "then, unless --partly leaves it out. Taking an undo back gives the change again.",
      "CHANGE is the version that the change made, as history prints it, or its ETag. Without it, it is the latest of " +
        "your own changes of this app.",
      "Its server is a facade of Install Summary: Graph has no change log. JSON: as for set.",
    ],
    examples: [
      { does: "Take your latest change of an app back", line: "undo visio" },
      {
        does: "Show what taking the change that made version 8 back would do",
        line: "undo visio 8 --dry-run",
      },
      { does: "Take back only what others have left as it was", line: "undo visio 8 --partly --yes" },
    ],
  },
);
