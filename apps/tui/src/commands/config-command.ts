import { withHelp } from "@install-summary/command-line";
import { buildCommand } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import type { ConfigFlags } from "./config.ts";
import { sharedAliases, sharedFlags } from "./shared-flags.ts";

/** `config [KEY [VALUE]]` as the command line knows it. */
export const configCommand = withHelp(
  buildCommand<ConfigFlags, [string?, string?], CommandContext>({
    loader: async () => {
      const { config } = await import("./config.ts");
      return function (flags, key, value) {
        return config(this, flags, key, value);
      };
    },
    parameters: {
      flags: {
        unset: {
          kind: "parsed",
          parse: String,
          optional: true,
          placeholder: "KEY",
          brief: "Take a key out of the profile",
        },
        schema: {
          kind: "boolean",
          optional: true,
          withNegated: false,
          brief: "Print the JSON schema of the file",
        },
        path: { kind: "boolean", optional: true, withNegated: false, brief: "Print where the file is" },
        ...sharedFlags,
      },
      aliases: sharedAliases,
      positional: {
        kind: "tuple",
        parameters: [
          { brief: "What to show or set", placeholder: "KEY", parse: String, optional: true },
          { brief: "Its new value", placeholder: "VALUE", parse: String, optional: true },
        ],
      },
    },
    docs: { brief: "Show the settings and where they come from, or set one" },
  }),
  {
    usage: ["[OPTIONS]", "KEY [VALUE] [OPTIONS]", "--unset KEY [OPTIONS]"],
    text: [
      "Without arguments: every setting, its value, and where it comes from. An option comes before the environment, that " +
        "before the profile, that before the default.",
      "With a value it is written into the profile that --profile or INSTALL_SUMMARY_PROFILE names, else into the one " +
        "called default, which is used when no other is chosen. --profile none uses no profile.",
      "Tokens are not kept there, but what gives one: tokenCommand, tokenFile or tokenVariable. A profile that is readOnly " +
        "refuses every change; no option lifts that.",
      "JSON: {KEY: {value, from}}.",
    ],
    sections: [
      {
        title: "Keys",
        rows: [
          ["url", "base URL ending in /beta"],
          ["tokenCommand", "command that prints a token; it runs again on a 401"],
          ["tokenFile", "file that holds a token; it is read again on a 401"],
          ["tokenVariable", "name of the environment's variable that holds a token"],
          ["tenant", "tenant that tokens have to be of; others are never sent"],
          ["readOnly", "true or false"],
          ["glyphs", "unicode or ascii"],
        ],
      },
    ],
    examples: [
      { does: "Every setting and where it comes from", line: "config" },
      {
        does: "Make a profile for production",
        line: "config url https://apps.contoso.com/beta --profile prod",
      },
      { does: "Nothing is ever changed through it", line: "config readOnly true --profile prod" },
      { does: "Use it once", line: "list --profile prod" },
    ],
  },
);
