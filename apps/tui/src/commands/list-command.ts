import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags } from "./shared-flags.ts";
import type { ListFlags } from "./list.ts";

/** `list` as the command line knows it. */
export const listCommand = buildCommand<ListFlags, [], CommandContext>({
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
        brief: "Only apps with all these words in their name or publisher",
      },
      sort: {
        kind: "parsed",
        parse: String,
        optional: true,
        placeholder: "[-]COLUMN",
        brief: "Order by app, publisher, platform, version, id or a counter; with - the largest first",
      },
      limit: {
        kind: "parsed",
        parse: readLimit,
        default: "100",
        placeholder: "N",
        brief: "Show at most so many apps; 0 shows all",
      },
      ...sharedFlags,
    },
    aliases: sharedAliases,
  },
  docs: {
    brief: "List the apps with their counters of devices",
    customUsage: ["[--filter TEXT] [--sort [-]COLUMN] [--limit N] [--output table|json]"],
    fullDescription: [
      "Lists the apps by name with what is counted on devices; --output json has all ten counters.",
      "",
      "COLUMN is app, publisher, platform, version, id, or a counter: installed, failed, not-applicable,",
      "not-installed, pending; of users: users.failed and so on.",
      "JSON: an array of {id, displayName, publisher, platform, version, etag} and the ten counters.",
    ].join("\n"),
  },
});

function readLimit(text: string): number {
  const limit = Number(text);
  if (/^[0-9]+$/.test(text) && Number.isSafeInteger(limit)) return limit;
  throw new Error("must be a whole number, 0 for all");
}
