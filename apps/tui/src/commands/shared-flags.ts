import { outputForms, type OutputFlags } from "./output/output-form.ts";

/** The options of every command. */
export interface SharedFlags extends OutputFlags {
  readonly profile?: string;
  readonly readOnly?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
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
  profile: {
    kind: "parsed",
    parse: String,
    optional: true,
    placeholder: "NAME",
    brief: "Use the server and the token of this profile of the config file",
  },
  readOnly: {
    kind: "boolean",
    optional: true,
    withNegated: false,
    brief: "Refuse to change anything, before the server is asked",
  },
  quiet: {
    kind: "boolean",
    optional: true,
    withNegated: false,
    brief: "Print data, questions and errors only",
  },
  verbose: {
    kind: "boolean",
    optional: true,
    withNegated: false,
    brief: "Tell each request with its id on standard error, never a token",
  },
} as const;

/** Their short forms. */
export const sharedAliases = { o: "output" } as const;
