import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import type { HistoryFlags } from "./history.ts";
import { parseLimit } from "./limit-option.ts";
import { sharedAliases, sharedFlags } from "./shared-flags.ts";

/** `history [APP]` as the command line knows it. */
export const historyCommand = withHelp(
  buildCommand<HistoryFlags, [string?], CommandContext>({
    loader: async () => {
      const { history } = await import("./history.ts");
      return function (flags, name) {
        return history(this, flags, name);
      };
    },
    parameters: {
      flags: {
        since: {
          kind: "parsed",
          parse: String,
          optional: true,
          placeholder: "TIME",
          brief: "Show changes from this moment on: 2026-11-26, 2026-11-26T08:00Z, or 30m, 2h, 7d ago",
        },
        follow: {
          kind: "boolean",
          optional: true,
          withNegated: false,
          brief: "Go on with changes as they are made, until Ctrl-C",
        },
        limit: {
          kind: "parsed",
          parse: parseLimit,
          optional: true,
          placeholder: "N",
          brief: "Maximum number of changes: 100, or N; 0 shows all",
        },
        ...sharedFlags,
      },
      aliases: { ...sharedAliases, f: "follow" },
      positional: {
        kind: "tuple",
        parameters: [
          {
            brief: "The app; all apps when it is left out",
            placeholder: "APP",
            parse: String,
            optional: true,
          },
        ],
      },
    },
    docs: { brief: "Show who changed what, when and through what" },
  }),
  {
    usage: ["[APP] [OPTIONS]"],
    text: [
      "Shows the changes of an app, or of all, the latest first; with --follow oldest first, those to come. Its server is a " +
        "facade of Install Summary: Graph has no change log.",
      "APP is a name, in full or a part that only one app's name contains, or an id, in full or its beginning: at " +
        "least four digits that only one id begins with.",
      "JSON: an array of changes {cursor, appId, displayName, version, changedAt, actor, origin, requestId, before, after}, " +
        "with clientRequestId where its request had one, and with mine where you made it; with --follow one such change a " +
        "line. CSV and TSV have a row for each counter.",
    ],
    examples: [
      { does: "The latest changes of an app", line: "history visio" },
      { does: "What was changed in the last two hours", line: "history --since 2h" },
      { does: "Changes as they are made, as JSON for a script", line: "history --follow --output ndjson" },
      {
        does: "Who has changed something this week",
        line: 'history --since 7d --limit 0 --query "[].actor"',
      },
    ],
  },
);
