import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import type { EraseFlags } from "./erase.ts";
import { switchFlag, textFlag } from "./flags.ts";
import { sharedFlags } from "./setting-flags.ts";

/** `erase --tenant ID` as the command line knows it. */
export const eraseCommand = withHelp(
  buildCommand<EraseFlags, [], CommandContext>({
    loader: async () => {
      const { erase } = await import("./erase.ts");
      return function run(flags) {
        return erase(this, flags);
      };
    },
    parameters: {
      flags: {
        tenant: textFlag("ID", "Tenant to erase, which must be named"),
        yes: switchFlag("Erase without asking"),
        ...sharedFlags,
      },
    },
    docs: { brief: "Erase a tenant: its apps, their numbers and its change log" },
  }),
  {
    usage: ["--tenant ID [OPTIONS]"],
    text: [
      "Says how many apps and changes the tenant has, asks, and erases them for good: the store's file is overwritten where " +
        "they were. Works while a facade serves the same folder. Cursors of the tenant's change log end with 410, and " +
        "apps that are imported again have higher versions than before.",
      "Backups, copies, exports and logs keep what they have. Run it again if it fails half-way. Without a terminal it needs " +
        "--yes. Exits with 4 if the store has no such tenant, with 7 if the store fails, or if its file may still hold the tenant's id.",
    ],
    examples: [
      {
        does: "Erase a tenant after a question",
        line: "erase --tenant ID",
      },
      { does: "Erase it in a script", line: "erase --tenant ID --yes" },
    ],
  },
);
