import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { BackupFlags } from "./backup.ts";
import type { CommandContext } from "./command-context.ts";
import { switchFlag } from "./flags.ts";
import { sharedFlags } from "./setting-flags.ts";

/** `backup FILE` as the command line knows it. */
export const backupCommand = withHelp(
  buildCommand<BackupFlags, [string], CommandContext>({
    loader: async () => {
      const { backup } = await import("./backup.ts");
      return function run(flags, file) {
        return backup(this, flags, file);
      };
    },
    parameters: {
      flags: { replace: switchFlag("Replace FILE where it is there"), ...sharedFlags },
      positional: {
        kind: "tuple",
        parameters: [{ brief: "The file to write", placeholder: "FILE", parse: String }],
      },
    },
    docs: { brief: "Copy the store into a file, while it is served or not" },
  }),
  {
    usage: ["FILE [OPTIONS]"],
    text: [
      "Copies the store as it is at one moment, while a facade serves and changes it, and checks every page and the whole " +
        "change log of the copy. FILE gets its name only then. It is one file, readable for its owner alone, with all " +
        "tenants, apps and changes; keys and certificates are not in it.",
      "Exits with 2 if the file cannot be written or is there already, with 7 if the store is damaged or locked, or a disk is full " +
        "or fails: a line says so where the backup is made all the same.",
    ],
    examples: [
      { does: "Back up the store of this folder", line: "backup install-summary.backup.db" },
      { does: "Replace the backup of yesterday", line: "backup /backups/install-summary.db --replace" },
    ],
  },
);
