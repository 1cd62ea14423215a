import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";
import type { TestFacade } from "./facades.ts";

const operationSchema = z.looseObject({
  operationId: z.string(),
  responses: z.record(
    z.string(),
    z.looseObject({
      description: z.string(),
      headers: z.record(z.string(), z.looseObject({ required: z.boolean().optional() })).optional(),
      content: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  requestBody: z.looseObject({ content: z.record(z.string(), z.unknown()) }).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean().optional() }))
    .optional(),
});

const documentSchema = z.looseObject({
  openapi: z.string(),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })) }),
});

/** The description that a facade serves. */
export type Described = z.infer<typeof documentSchema>;

/** Reads the description of a facade, without a token. */
export async function readDescription({ url }: Pick<TestFacade, "url">): Promise<Described> {
  const response = await fetch(`${url}/openapi.json`);
  return documentSchema.parse(await response.json());
}

/** An operation of a description, such as `GET /livez`. */
export function operationOf({ paths }: Described, name: string): z.infer<typeof operationSchema> {
  const [method = "", path = ""] = name.split(" ");
  const operation = paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`${name} is not described`);
  return operation;
}

/**
 * Makes what tells how a JSON value differs from the description's schema of a response; an empty text where it fits. A
 * member that the description does not name is a difference, though for its readers responses are open: but for the
 * annotations of OData, which full metadata adds.
 */
export function createSchemaCheck(
  document: Described,
): (pointer: readonly string[], value: unknown) => string {
  // Formats are said by the schemas of core, and tested there.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(closed(document), "description");
  return (pointer, value) => {
    const path = pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")));
    const validate = ajv.getSchema(`description#/${path.join("/")}`);
    if (validate === undefined) throw new Error(`the description has no schema at ${pointer.join(" ")}`);
    return validate(value) === true ? "" : ajv.errorsText(validate.errors);
  };
}

/** The same document, whose objects have no other members than those that it names. */
function closed(document: Described): object {
  return JSON.parse(JSON.stringify(document), (_, value: unknown) =>
    isOpenObject(value)
      ? { ...value, patternProperties: { "@odata\\.": true }, additionalProperties: false }
      : value,
  );
}

function isOpenObject(value: unknown): value is object {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    value.type === "object" &&
    "properties" in value &&
    !("additionalProperties" in value)
  );
}
