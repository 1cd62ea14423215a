import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import type { ServeFlags } from "./serve.ts";
import { settingFlags, sharedFlags } from "./setting-flags.ts";

/** `doctor` as the command line knows it. */
export const doctorCommand = withHelp(
  buildCommand<ServeFlags, [], CommandContext>({
    loader: async () => {
      const { doctor } = await import("./doctor.ts");
      return function run(flags) {
        return doctor(this, flags);
      };
    },
    parameters: { flags: { ...settingFlags, config: sharedFlags.config } },
    docs: { brief: "Check the data folder, the store and what else serve needs" },
  }),
  {
    usage: ["[OPTIONS]"],
    text: [
      "Takes the same options, environment and config file as serve, and checks what it needs: the data folder and its " +
        "lock, every page of the store and its whole change log, room on the disk, the clock, the keys of tokens, the " +
        "certificate and the ports. Each line says ok, or what is wrong and what to do. Changes nothing, and works while a facade serves.",
      "Exits with 0 if all is in order, else as the first check that failed: with 7 for a store that is damaged, locked or " +
        "not reached, a disk that is nearly full or fails, or keys that cannot be fetched, with 2 for anything else.",
    ],
    examples: [
      { does: "Check the facade of this folder", line: "doctor" },
      { does: "Check what a config file says", line: "doctor --config facade.json" },
    ],
  },
);
