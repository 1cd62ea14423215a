/** The part of papaparse that the report needs. The published types require Node's, which core must not have. */
declare module "papaparse" {
  interface QuoteError {
    readonly code: string;
    /** The index of the first quoted character, after the quote. */
    readonly index: number;
  }

  export interface StepResult {
    /** The one row. */
    readonly data: readonly [readonly string[]];
    readonly errors: readonly QuoteError[];
    readonly meta: {
      /** The index in the text at which the row ends. */
      readonly cursor: number;
    };
  }

  interface StepConfig {
    readonly delimiter: string;
    readonly newline: "\n";
    readonly step: (result: StepResult) => void;
  }

  const papaparse: {
    /** The parser itself; unlike `parse` it keeps a byte-order mark at the start of a text. */
    readonly Parser: new (config: StepConfig) => { parse(text: string): void };
  };
  export default papaparse;
}
