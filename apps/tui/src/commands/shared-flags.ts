import { outputForms, type OutputFlags } from "./output/output-form.ts";

/** The options of every command. */
export interface SharedFlags extends OutputFlags {
  readonly readOnly?: boolean;
}

/** The options that every command has. */
export const sharedFlags = {
  output: {
    kind: "enum",
    values: outputForms,
    default: "table",
    brief: "Format of standard output; with json or ndjson, an error ends in a line of JSON",
  },
  query: {
    kind: "parsed",
    parse: String,
    optional: true,
    placeholder: "EXPR",
    brief: "Print what this JMESPath expression finds in the JSON; a single text is printed bare",
  },
  readOnly: {
    kind: "boolean",
    optional: true,
    withNegated: false,
    brief: "Refuse to change anything, before the server is asked",
  },
} as const;

/** Their short forms. */
export const sharedAliases = { o: "output" } as const;
