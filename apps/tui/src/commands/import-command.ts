import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import type { ImportFlags } from "./import-report.ts";
import { sharedAliases, sharedFlags } from "./shared-flags.ts";

/** `import FILE` as the command line knows it. */
export const importCommand = withHelp(
  buildCommand<ImportFlags, string[], CommandContext>({
    loader: async () => {
      const { importReport } = await import("./import-report.ts");
      return function (flags, ...files) {
        return importReport(this, flags, files);
      };
    },
    parameters: {
      flags: {
        dryRun: {
          kind: "boolean",
          optional: true,
          withNegated: false,
          brief: "Let the server say what would change, and change nothing",
        },
        missingAsZero: {
          kind: "boolean",
          optional: true,
          withNegated: false,
          brief: "Use 0 for counters that a new app lacks, instead of rejecting its row",
        },
        yes: { kind: "boolean", optional: true, withNegated: false, brief: "Import without asking" },
        ...sharedFlags,
      },
      aliases: { ...sharedAliases, y: "yes" },
      positional: {
        kind: "array",
        minimum: 1,
        parameter: {
          brief: "Report: CSV, JSON or the ZIP of Intune's export; - is standard input",
          placeholder: "FILE",
          parse: String,
        },
      },
    },
    docs: { brief: "Bring apps and their numbers in from Intune's report" },
  }),
  {
    usage: ["FILE [OPTIONS]"],
    text: [
      "Sends Intune's report AppInstallStatusAggregate, or what list prints as JSON or CSV, to the facade: it creates new apps " +
        "and updates those that differ. What the report leaves out stays as it is. Needs a facade of Install Summary.",
      "It says first what would change, and asks on a terminal. Without one, more than one app needs --yes.",
      "Exits with 6 if the file is refused or every row is rejected, with 8 if some rows are rejected and the others are in.",
      "JSON: {created, changed, unchanged, rejected, dryRun, rows: [{line, column, reason}]}; rows are the rejected ones, at most " +
        "1,000.",
    ],
    examples: [
      { does: "Show what would change", line: "import report.csv --dry-run" },
      { does: "Import the ZIP that Intune exports", line: "import AppInstallStatusAggregate.zip --yes" },
    ],
  },
);
