import { withHelp, withProgramHelp } from "@install-summary/command-line";
import { buildCommand, buildRouteMap } from "@stricli/core";
import type { CommandContext } from "./command-context.ts";
import { sharedAliases, sharedFlags } from "./shared-flags.ts";
import type { VerifyFlags } from "./verify-contract.ts";

const verifyCommand = withHelp(
  buildCommand<VerifyFlags, [string], CommandContext>({
    loader: async () => {
      const { verifyContract } = await import("./verify-contract.ts");
      return function (flags, url) {
        return verifyContract(this, flags, url);
      };
    },
    parameters: {
      flags: {
        only: {
          kind: "parsed",
          parse: String,
          optional: true,
          placeholder: "NAME",
          brief: "Check pairs whose name has these words, or whose number or feature this is",
        },
        app: {
          kind: "parsed",
          parse: String,
          optional: true,
          placeholder: "APP",
          brief: "App whose counters are overwritten and put back (default: the first of the list)",
        },
        readerTokenFile: {
          kind: "parsed",
          parse: String,
          optional: true,
          placeholder: "FILE",
          brief: "File with a token that may only read, for the pairs of such a caller",
        },
        yes: { kind: "boolean", optional: true, withNegated: false, brief: "Begin without asking" },
        ...sharedFlags,
      },
      aliases: { ...sharedAliases, y: "yes" },
      positional: {
        kind: "tuple",
        parameters: [{ brief: "Base URL of the server, ending in /beta", placeholder: "URL", parse: String }],
      },
    },
    docs: { brief: "Check a server against the contract's pairs of request and response" },
  }),
  {
    usage: ["URL [OPTIONS]"],
    text: [
      "Sends the requests of the contract to the server and compares its responses, pair by pair. The counters of one app are " +
        "overwritten on the way and put back at the end, so it asks on a terminal and needs --yes without one.",
      "The token is the usual one, and has to be one that may write. Pairs of a caller who may only read are skipped without " +
        "--reader-token-file.",
      "Pairs build on earlier ones: with --only the earlier ones are sent too and not reported.",
      "Ctrl-C waits for the change on its way, up to 30 seconds, and puts the counters back. It prints the command that sets them, " +
        "since a second Ctrl-C ends at once. A terminal that is closed is like the first Ctrl-C.",
      "Exits with 0 if every pair passed, with 6 if one failed, and with another one if the counters may not be as they were: it " +
        "then prints the command that sets them.",
      "JSON: {passed, failed, skipped, pairs: [{number, name, feature, result, differences}]}.",
    ],
    examples: [
      { does: "Check a facade on this machine", line: "contract verify http://127.0.0.1:8420/beta" },
      { does: "Only what is said of If-Match", line: "contract verify URL --only if-match --yes" },
    ],
  },
);

/** `contract verify` as the command line knows it. */
export const contractCommands = withProgramHelp<CommandContext>(
  buildRouteMap({
    routes: { verify: verifyCommand },
    docs: { brief: "Check a server against the contract" },
  }),
  {
    usage: ["verify URL [OPTIONS]"],
    text: [],
    examples: [{ does: "Check a facade on this machine", line: "verify http://127.0.0.1:8420/beta" }],
  },
);
