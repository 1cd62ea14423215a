/** In which form a command prints its data. */
export type OutputForm = "table" | "json";

/** The options of every command. */
export interface SharedFlags {
  readonly output: OutputForm;
  readonly readOnly?: boolean;
}

/** The options that every command has. */
export const sharedFlags = {
  output: {
    kind: "enum",
    values: ["table", "json"],
    default: "table",
    brief: "Format of standard output; with json, an error ends in a line of JSON",
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
