import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { ApplyFlags } from "./apply.ts";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags } from "./shared-flags.ts";

/** `apply PLAN` as the command line knows it. */
export const applyCommand = withHelp(
  buildCommand<ApplyFlags, [string], CommandContext>({
    loader: async () => {
      const { apply } = await import("./apply.ts");
      return function (flags, file) {
        return apply(this, flags, file);
      };
    },
    parameters: {
      flags: {
        each: {
          kind: "boolean",
          optional: true,
          withNegated: false,
          brief: "Send what is not stale although some of it is",
        },
        rebase: {
          kind: "boolean",
          optional: true,
          withNegated: false,
          brief: "Move changes onto newer versions unless others changed the same counters",
        },
        dryRun: {
          kind: "boolean",
          optional: true,
          withNegated: false,
          brief: "Check everything and send nothing",
        },
        yes: { kind: "boolean", optional: true, withNegated: false, brief: "Send without asking" },
        ...sharedFlags,
      },
      aliases: { ...sharedAliases, y: "yes" },
      positional: {
        kind: "tuple",
        parameters: [
          {
            brief: "What plan --output json printed; - is standard input",
            placeholder: "PLAN",
            parse: String,
          },
        ],
      },
    },
    docs: { brief: "Send the changes of a plan" },
  }),
  {
    usage: ["PLAN [OPTIONS]", "- [OPTIONS]"],
    text: [
      "Reads every app of the plan first. A change is stale when its app is another version than the plan was made for; then " +
        "nothing is sent, and the command ends in 5. --rebase moves such a change where others changed only other counters, " +
        "and --each sends the rest. Then it asks on a terminal; without one, several apps need --yes.",
      "Each app is sent alone and guarded by its version: there is no transaction over several. When some are sent and some " +
        "are not, it ends in 8 and says which. A plan that was sent in part can be applied again: what is there already is " +
        "left.",
      "JSON: {applied, unchanged, stale, refused, unconfirmed, notSent, dryRun, results: [{id, result, etag, message, requestId}]}.",
    ],
    examples: [
      { does: "Check a plan", line: "apply plan.json --dry-run" },
      { does: "Send it without a question", line: "apply plan.json --yes" },
      { does: "Send what others have not changed, and print the rest", line: "apply plan.json --each --yes" },
    ],
  },
);
