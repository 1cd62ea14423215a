import { configKeys, type ConfigKey } from "./config-keys.ts";

/** The JSON schema of the config file, for editors that complete and check it. Source: JSON Schema draft 2020-12. */
export function configSchema(): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Profiles of install-summary",
    type: "object",
    properties: {
      $schema: { type: "string", description: "Where this schema is, for editors" },
      profiles: {
        type: "object",
        description: "Profiles by their names; the one called default is used when no other is chosen",
        additionalProperties: {
          type: "object",
          properties: Object.fromEntries(configKeys.map((key) => [key.name, keySchema(key)])),
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  };
}

function keySchema({ values, form, isSwitch, help }: ConfigKey): object {
  if (isSwitch === true) return { type: "boolean", description: help };
  return {
    type: "string",
    ...(values === undefined ? { minLength: 1 } : { enum: values }),
    ...(form !== undefined && { pattern: form.pattern }),
    description: help,
  };
}
