import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { switchFlag, textFlag } from "./flags.ts";
import { sharedFlags } from "./setting-flags.ts";
import type { ImportFlags } from "./import-files.ts";

/** `import FILE…` as the command line knows it. */
export const importCommand = withHelp(
  buildCommand<ImportFlags, string[], CommandContext>({
    loader: async () => {
      const { importFiles } = await import("./import-files.ts");
      return function run(flags, ...files) {
        return importFiles(this, flags, files);
      };
    },
    parameters: {
      flags: {
        tenant: textFlag(
          "ID",
          "Tenant of the apps (default: the development tenant; with Entra ID it must be named)",
        ),
        dryRun: switchFlag("Report what would change, and change nothing"),
        diff: textFlag("FILE", "Write what becomes of each app as lines of JSON; - is standard output"),
        missingAsZero: switchFlag("Use 0 for counters that a new app lacks, instead of rejecting its row"),
        ...sharedFlags,
      },
      positional: {
        kind: "array",
        parameter: {
          brief: "The report: CSV, JSON or the ZIP of Intune's export; - is standard input",
          placeholder: "FILE",
          parse: String,
        },
        minimum: 1,
      },
    },
    docs: { brief: "Import apps and their numbers from Intune's report" },
  }),
  {
    usage: ["FILE... [OPTIONS]"],
    text: [
      "Imports Intune's report AppInstallStatusAggregate: creates new apps and updates those that differ. Counters and " +
        "names that the report leaves out stay as they are. Works while a facade serves the same folder; two imports of one " +
        "tenant into a SQLite store do not run at once.",
      "Several files are the pages of one report, as getAppsInstallSummaryReport returns them. Graph's own list of apps " +
        "with installSummary, and what install-summary list --output json prints, can be imported too.",
      "With --diff each app that is created or changed is a line of FILE: its id, and its name, publisher and counters that " +
        "differ, before and after. On a terminal a line shows how far the import is. Ctrl-C ends it between two batches " +
        "and says how many rows are in; the same import again goes on from there.",
      "Exits with 6 if the file is refused and nothing is imported, with 7 if the store or a disk fails, with 8 if some rows " +
        "are rejected and the others are imported.",
    ],
    examples: [
      { does: "Import the ZIP that Intune exports", line: "import AppInstallStatusAggregate.zip" },
      { does: "Count what an import would change", line: "import report.csv --dry-run" },
      { does: "List what an import would change", line: "import report.csv --dry-run --diff changes.jsonl" },
      { does: "Import all pages of a report", line: "import p0.json p1.json p2.json" },
      {
        does: "Import a report that has only some of the counters",
        line: "import report.csv --missing-as-zero",
      },
      { does: "Import what another command prints", line: "import -" },
    ],
  },
);
