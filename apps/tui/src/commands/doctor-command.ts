import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags, type SharedFlags } from "./shared-flags.ts";

/** `doctor` as the command line knows it. */
export const doctorCommand = withHelp(
  buildCommand<SharedFlags, [], CommandContext>({
    loader: async () => {
      const { doctor } = await import("./doctor.ts");
      return function (flags) {
        return doctor(this, flags);
      };
    },
    parameters: { flags: sharedFlags, aliases: sharedAliases },
    docs: { brief: "Say who you are, and what is wrong between here and the server" },
  }),
  {
    usage: ["[OPTIONS]"],
    text: [
      "Says whose token it is, then checks the address, the connection and its certificate, the clock, the token and its " +
        "scopes, reading, and whether the server is a facade. Each line says what is there, or what is wrong and how to mend " +
        "it. Changes nothing.",
      "Exits with 0 if nothing failed, else as the first check that failed: 7 for the connection, 3 for the token, 2 for the " +
        "clock.",
      "JSON: {account: {user, name, tenant, audience, scopes, application, expires}, checks: [{check, result, message, mend}]}; " +
        "result is ok, warning, failed or skipped, and account is null where the token does not tell.",
    ],
    examples: [
      { does: "Find what is wrong", line: "doctor" },
      { does: "Show who you are on production", line: "doctor --profile prod --query account.user" },
    ],
  },
);
