import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { switchFlag, textFlag } from "./flags.ts";
import { sharedFlags } from "./setting-flags.ts";
import type { TokenFlags } from "./token.ts";

/** `token` as the command line knows it. */
export const tokenCommand = withHelp(
  buildCommand<TokenFlags, [], CommandContext>({
    loader: async () => {
      const { token } = await import("./token.ts");
      return function run(flags) {
        return token(this, flags);
      };
    },
    parameters: {
      flags: {
        scope: textFlag(
          "NAMES",
          "Permissions, separated by blanks (default: DeviceManagementApps.ReadWrite.All)",
        ),
        tenant: textFlag("ID", "Tenant of the token (default: the development tenant)"),
        user: textFlag("NAME", "User recorded in the change log (default: developer)"),
        expiresIn: textFlag("TIME", "Lifetime, such as 90s, 15m, 8h or 7d (default: 1h)"),
        application: switchFlag("Issue an application token; a facade accepts it only with allowApplication"),
        ...sharedFlags,
      },
    },
    docs: { brief: "Print a development token" },
  }),
  {
    usage: ["[OPTIONS]"],
    text: [
      "Prints a token that the facade of the same data folder accepts, alone on standard output. Works while a facade " +
        "serves the folder and while none does.",
    ],
    examples: [
      { does: "A token for one hour, with permission to read and write", line: "token" },
      { does: "A token that permits reading only", line: "token --scope DeviceManagementApps.Read.All" },
      { does: "A token for a day, in the name of ada", line: "token --user ada --expires-in 1d" },
    ],
  },
);
