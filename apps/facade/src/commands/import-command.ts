import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { switchFlag, textFlag } from "./flags.ts";
import { sharedFlags } from "./setting-flags.ts";
import type { ImportFlags } from "./import-file.ts";

/** `import FILE` as the command line knows it. */
export const importCommand = withHelp(
  buildCommand<ImportFlags, [file: string], CommandContext>({
    loader: async () => {
      const { importFile } = await import("./import-file.ts");
      return function run(flags, file) {
        return importFile(this, flags, file);
      };
    },
    parameters: {
      flags: {
        tenant: textFlag("ID", "Tenant of the apps (default: the development tenant)"),
        dryRun: switchFlag("Report what would change, and change nothing"),
        missingAsZero: switchFlag("Use 0 for counters that a new app lacks, instead of rejecting its row"),
        ...sharedFlags,
      },
      positional: {
        kind: "tuple",
        parameters: [
          {
            brief: "The report: CSV, JSON or the ZIP of Intune's export",
            placeholder: "FILE",
            parse: String,
          },
        ],
      },
    },
    docs: { brief: "Import apps and their numbers from Intune's report" },
  }),
  {
    usage: ["FILE [OPTIONS]"],
    text: [
      "Imports Intune's report AppInstallStatusAggregate: creates new apps and updates those that differ. Counters and " +
        "names that the report leaves out stay as they are. Works while a facade serves the same folder.",
      "Exits with 6 if the file is refused and nothing is imported, with 8 if some rows are rejected and the others " +
        "are imported.",
    ],
    examples: [
      { does: "Import the ZIP of Intune's export", line: "import AppInstallStatusAggregate.zip" },
      { does: "Show what an import would change", line: "import report.csv --dry-run" },
    ],
  },
);
