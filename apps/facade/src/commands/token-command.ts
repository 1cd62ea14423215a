import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedFlags, switchFlag, textFlag } from "./shared-flags.ts";
import type { TokenFlags } from "./token.ts";

/** `token` as the command line knows it. */
export const tokenCommand = buildCommand<TokenFlags, [], CommandContext>({
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
        "Permissions with blanks between them, default DeviceManagementApps.ReadWrite.All",
      ),
      tenant: textFlag("ID", "Tenant that the token is for, default the development tenant"),
      user: textFlag("NAME", "Who the change log shall say it was, default developer"),
      expiresIn: textFlag("TIME", "Such as 90s, 15m, 8h or 7d, default 1h"),
      application: switchFlag(
        "An application's token, which the facade refuses unless it is set to allow them",
      ),
      ...sharedFlags,
    },
  },
  docs: {
    brief: "Print a development token, and nothing else",
    customUsage: ["[--scope NAMES] [--tenant ID] [--user NAME] [--expires-in TIME] [--application]"],
    fullDescription: [
      "Prints a token that the facade of the same data folder accepts, alone on standard output:",
      '  curl -H "Authorization: Bearer $(install-summary-facade token)" …',
    ].join("\n"),
  },
});
