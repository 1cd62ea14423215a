import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags, type SharedFlags } from "./shared-flags.ts";

/** `plan FILE [OLD]` as the command line knows it. */
export const planCommand = withHelp(
  buildCommand<SharedFlags, [string, string?], CommandContext>({
    loader: async () => {
      const { plan } = await import("./plan.ts");
      return function (flags, file, older) {
        return plan(this, flags, file, older);
      };
    },
    parameters: {
      flags: sharedFlags,
      aliases: sharedAliases,
      positional: {
        kind: "tuple",
        parameters: [
          {
            brief: "File with the apps as they are to be; - is standard input",
            placeholder: "FILE",
            parse: String,
          },
          { brief: "The same file before it was edited", placeholder: "OLD", parse: String, optional: true },
        ],
      },
    },
    docs: { brief: "Show what a file of apps would change; apply sends it" },
  }),
  {
    usage: ["FILE [OLD] [OPTIONS]"],
    text: [
      "Compares the counters of a file with those of the server and prints every difference. Sends nothing: give what " +
        "--output json prints to apply.",
      "FILE is CSV or JSON as list prints it, one JSON object a line (list --output ndjson), or a report of Intune, also in " +
        "its ZIP. A spreadsheet may save CSV with semicolons or tabs. A column, an app or a counter that the file lacks stays " +
        "as it is; columns of counters that it lacks are named.",
      "What you changed is told from what others changed by OLD, the file before you edited it; without it, by the column " +
        "ETag, which names the version that a row was read at; without that, by the values that are there now.",
      "JSON: {format, url, changes: [{id, etag, before, patch}]}.",
    ],
    examples: [
      {
        does: "Write all apps into a file for a spreadsheet",
        line: "list --limit 0 --output csv > apps.csv",
      },
      { does: "Show what was changed in it", line: "plan apps.csv" },
      { does: "Write the plan, then send it", line: "plan apps.csv --output json > plan.json" },
      { does: "Compare two files", line: "plan edited.csv exported.csv" },
    ],
  },
);
