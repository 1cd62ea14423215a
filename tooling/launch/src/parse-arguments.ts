import { UserError, type SettingOptions } from "@install-summary/facade";
import { parseArgs } from "node:util";

const usage = `Usage: npx -y pnpm@12 start [--import FILE] [--port PORT] [--data DIR] [--https] [--no-editor]

  --import FILE  begin with Intune's report AppInstallStatusAggregate (CSV, JSON or ZIP) instead of the sample
  --port PORT    serve on this port of 127.0.0.1 instead of 8420; 0 picks a free one
  --data DIR     keep everything in this folder instead of .data
  --https        serve HTTPS, by default with a certificate of its own authority, whose file ca.pem is in that folder
  --no-editor    only serve, as without a terminal`;

/** What the arguments of `pnpm start` ask for. */
export interface StartArguments {
  readonly importFile: string | undefined;
  readonly options: Pick<SettingOptions, "port" | "data" | "https">;
  readonly editor: boolean;
}

/** Parses the arguments of `start`, or gives its usage if that is asked for. Throws `UserError`. */
export function parseArguments(inputs: readonly string[]): StartArguments | string {
  const known = {
    import: { type: "string" },
    port: { type: "string" },
    data: { type: "string" },
    https: { type: "boolean" },
    "no-editor": { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...inputs], options: known });
    if (values.help) return usage;
    if (values.import === "") throw new UserError("--import needs a file.");
    const { port, data, https } = values;
    return { importFile: values.import, options: { port, data, https }, editor: !values["no-editor"] };
  } catch (error) {
    // The parser's own sentences name the option that is wrong.
    const [reason = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new UserError(reason, { cause: error });
  }
}
