/** The forms in which a command prints its data. */
export const outputForms = ["table", "json", "ndjson", "csv", "tsv"] as const;

/** In which form a command prints its data. */
export type OutputForm = (typeof outputForms)[number];

/** The options that say how a command prints its data. */
export interface OutputFlags {
  readonly output: OutputForm;
  /** A JMESPath expression over the data. */
  readonly query?: string;
}
