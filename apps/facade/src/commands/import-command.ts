import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedFlags, switchFlag, textFlag } from "./shared-flags.ts";
import type { ImportFlags } from "./import-file.ts";

/** `import FILE` as the command line knows it. */
export const importCommand = buildCommand<ImportFlags, [file: string], CommandContext>({
  loader: async () => {
    const { importFile } = await import("./import-file.ts");
    return function run(flags, file) {
      return importFile(this, flags, file);
    };
  },
  parameters: {
    flags: {
      tenant: textFlag("ID", "Tenant that the apps belong to, default the development tenant"),
      dryRun: switchFlag("Tell what would happen, and change nothing"),
      missingAsZero: switchFlag("Take the counters that a new app lacks as 0, instead of rejecting the row"),
      ...sharedFlags,
    },
    positional: {
      kind: "tuple",
      parameters: [
        { brief: "Report as CSV, JSON or the ZIP of Intune's export", placeholder: "FILE", parse: String },
      ],
    },
  },
  docs: {
    brief: "Import apps and their numbers from Intune's report",
    customUsage: ["FILE [--tenant ID] [--dry-run] [--missing-as-zero]"],
    fullDescription: [
      "Imports the report AppInstallStatusAggregate: creates the apps that are new and changes those that differ.",
      "Counters and names that the report leaves out stay as they are. Works while a facade serves the same folder.",
      "",
      "Exit codes: 0 done, 2 usage, 6 the file is refused and nothing of it is in, 8 some rows are rejected and the",
      "others are in.",
    ].join("\n"),
  },
});
