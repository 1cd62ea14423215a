import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import type { ExportFlags } from "./export-report.ts";
import { textFlag } from "./flags.ts";
import { sharedFlags } from "./setting-flags.ts";

/** `export [FILE]` as the command line knows it. */
export const exportCommand = withHelp(
  buildCommand<ExportFlags, [string?], CommandContext>({
    loader: async () => {
      const { exportReport } = await import("./export-report.ts");
      return function run(flags, file) {
        return exportReport(this, flags, file);
      };
    },
    parameters: {
      flags: {
        tenant: textFlag(
          "ID",
          "Tenant of the apps (default: the development tenant; with Entra ID it must be named)",
        ),
        ...sharedFlags,
      },
      positional: {
        kind: "tuple",
        parameters: [
          {
            brief: "The file to write; standard output without it",
            placeholder: "FILE",
            parse: String,
            optional: true,
          },
        ],
      },
    },
    docs: { brief: "Export apps and their numbers as a report" },
  }),
  {
    usage: ["[FILE] [OPTIONS]"],
    text: [
      "Writes the apps of a tenant with their numbers as CSV with the columns of Intune's report, which import takes " +
        "back. The change log is not in it. Works while a facade serves the same folder: each app is in it once, with " +
        "its numbers of one moment. A FILE that is there is replaced once the report is whole.",
      "Exits with 4 if the store has no such tenant, and with 7 if it is erased meanwhile, since the report is not whole then, " +
        "or if the store or a disk fails.",
    ],
    examples: [
      { does: "Export to a file", line: "export report.csv" },
      { does: "Export to another program", line: "export" },
    ],
  },
);
