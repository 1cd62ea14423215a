import { settingTable, type NamedSetting } from "./setting-table.ts";
import { textSchema, type ValueSchema } from "./setting-types.ts";

/** The JSON schema of the config file. Source: JSON Schema draft 2020-12. */
export interface SettingsSchema {
  readonly $schema: string;
  readonly title: string;
  readonly type: "object";
  readonly properties: Readonly<Record<string, object>>;
  readonly additionalProperties: false;
}

/** Makes the JSON schema of the config file of the table of settings, for editors that complete and check it. */
export function createSettingsSchema(): SettingsSchema {
  const named = settingTable.map((row) => [row.key, valueSchema(row)] as const);
  const limits = named.filter(([key]) => key.startsWith(limitPrefix));
  const others = named.filter(([key]) => !key.startsWith(limitPrefix));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Settings of install-summary-facade",
    type: "object",
    properties: {
      $schema: { type: "string", description: "Where this schema is, for editors" },
      ...Object.fromEntries(others),
      limits: {
        type: "object",
        description: "Limits; sizes are in bytes, times in seconds",
        properties: Object.fromEntries(
          limits.map(([key, schema]) => [key.slice(limitPrefix.length), schema]),
        ),
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
}

const limitPrefix = "limits.";

function valueSchema({ setting }: NamedSetting): ValueSchema & { readonly description: string } {
  const { type, default: usual, defaultText, help } = setting;
  const words = defaultText === undefined ? "" : ` Default: ${defaultText}.`;
  return {
    ...(type.schema ?? textSchema),
    description: `${help}. Must be ${type.rule}.${words}`,
    ...(defaultText === undefined && { default: usual }),
  };
}
