/** In which form a command prints its data. */
export type Output = "table" | "json";

/** The options of every command. */
export interface SharedFlags {
  readonly output: Output;
  readonly readOnly?: boolean;
}

export const sharedFlags = {
  output: {
    kind: "enum",
    values: ["table", "json"],
    default: "table",
    brief: "Form of the data on standard output; with json, errors end in a line of JSON too",
  },
  readOnly: {
    kind: "boolean",
    optional: true,
    withNegated: false,
    brief: "Stop a command that would change something before it asks the server",
  },
} as const;

export const sharedAliases = { o: "output" } as const;
