import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { textFlag } from "./flags.ts";
import type { RestoreFlags } from "./restore.ts";
import { sharedFlags } from "./setting-flags.ts";

/** `restore FILE` as the command line knows it. */
export const restoreCommand = withHelp(
  buildCommand<RestoreFlags, [string], CommandContext>({
    loader: async () => {
      const { restore } = await import("./restore.ts");
      return function run(flags, file) {
        return restore(this, flags, file);
      };
    },
    parameters: {
      flags: {
        erased: textFlag(
          "WHAT",
          "Tenants that were erased or taken out after the backup was made: leave-out or bring-back",
        ),
        ...sharedFlags,
      },
      positional: {
        kind: "tuple",
        parameters: [{ brief: "The backup, or any store's file", placeholder: "FILE", parse: String }],
      },
    },
    docs: { brief: "Put a backup in the place of the store" },
  }),
  {
    usage: ["FILE [OPTIONS]"],
    text: [
      "Checks every page and the whole change log of a backup, and puts it in the place of the store, which is kept beside " +
        "under a name with the time. Stop the facade first. A backup of an older version is migrated. With --store " +
        "postgres://USER@HOST/DATABASE it goes into an empty database instead.",
      "Every version goes up by 1,000,000 or more, which the change log has as origin restore: an ETag from before is " +
        "a 412, and a cursor that leads to changes which are lost is a 410.",
      "Exits with 2 beside a running facade, for a backup of a newer version, and where a tenant of the backup was erased, or " +
        "taken out by an earlier restore, since and --erased does not say what becomes of it; with 6 if the backup is damaged. The store is then as it was.",
      "Exits with 7 if the store is locked or a disk is full or fails: a line says so where the store is restored all the same.",
    ],
    examples: [
      { does: "Restore the store of this folder", line: "restore install-summary.backup.db" },
      { does: "Move to another folder", line: "restore install-summary.backup.db --data /srv/facade" },
    ],
  },
);
