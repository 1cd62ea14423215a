import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags } from "./shared-flags.ts";
import { parseLimit } from "./limit-option.ts";
import type { ListFlags } from "./list.ts";

/** `list` as the command line knows it. */
export const listCommand = withHelp(
  buildCommand<ListFlags, [], CommandContext>({
    loader: async () => {
      const { list } = await import("./list.ts");
      return function (flags) {
        return list(this, flags);
      };
    },
    parameters: {
      flags: {
        filter: {
          kind: "parsed",
          parse: String,
          optional: true,
          placeholder: "TEXT",
          brief: "Show apps that have these words and pass these tests, such as failed>10",
        },
        sort: {
          kind: "parsed",
          parse: String,
          optional: true,
          placeholder: "[-]COLUMN",
          brief: "Sort by this column; - sorts the largest first",
        },
        limit: {
          kind: "parsed",
          parse: parseLimit,
          default: "100",
          placeholder: "N",
          brief: "Maximum number of apps; 0 shows all",
        },
        ...sharedFlags,
      },
      aliases: sharedAliases,
    },
    docs: { brief: "List the apps with their device counters" },
  }),
  {
    usage: ["[OPTIONS]"],
    text: [
      "Lists the apps by name with their device counters; --output json has all ten counters.",
      "COLUMN is app, publisher, platform, version, id, share (of the devices that failed), users.share, changed (what " +
        "changed last, by the latest 1,000 changes, then by name), or a counter. Device counters: installed, failed, " +
        "not-applicable, not-installed, pending. User counters: users.installed, users.failed and so on.",
      "TEXT is as in the editor. Words are looked for letter by letter in name, publisher and id, the best match first; " +
        '"vpn client" in quotes is looked for as it is, -adobe leaves out. Tests: failed>10, users.failed=0, failed>5%, ' +
        "platform:ios, publisher:adobe, is:failing.",
      "JSON: an array of {id, displayName, publisher, platform, version, etag} and the ten counters. CSV: a report with " +
        "Intune's column names and the ETag, which import takes back.",
    ],
    examples: [
      { does: "Apps with both words in their name or publisher", line: 'list --filter "adobe reader"' },
      {
        does: "Windows apps that failed on more than ten devices",
        line: 'list --filter "windows failed>10"',
      },
      { does: "The ten apps that failed on the most devices", line: "list --sort -failed --limit 10" },
      { does: "Every app for a spreadsheet", line: "list --limit 0 --output csv > apps.csv" },
      { does: "The ids of all failing apps", line: 'list --filter is:failing --limit 0 --query "[].id"' },
    ],
  },
);
