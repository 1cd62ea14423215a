import { UserError } from "@install-summary/command-line/errors";
import { explainSettings } from "../settings/explain-settings.ts";
import { createSettingsSchema } from "../settings/settings-schema.ts";
import type { CommandContext } from "./command-context.ts";

/** Settings by their keys, and `schema`, as they were typed. */
export type ConfigFlags = Readonly<Record<string, string | boolean | undefined>>;

/** Prints every setting with its value and its source, or the JSON schema of the config file. */
export async function config(
  { env, folder, process }: CommandContext,
  { schema, ...options }: ConfigFlags,
): Promise<void> {
  if (schema !== undefined) {
    if (schema !== "") throw new UserError("--schema takes no value.");
    process.stdout.write(`${JSON.stringify(createSettingsSchema(), null, 2)}\n`);
    return;
  }
  const rows = explainSettings({ options, env, folder });
  const widthOf = (column: "key" | "value"): number => Math.max(...rows.map((row) => row[column].length));
  const [keyWidth, valueWidth] = [widthOf("key"), widthOf("value")];
  for (const { key, value, source } of rows) {
    process.stdout.write(`${key.padEnd(keyWidth)}  ${value.padEnd(valueWidth)}  ${source}\n`);
  }
}
