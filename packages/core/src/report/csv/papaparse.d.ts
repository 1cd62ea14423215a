/** The part of papaparse that the report needs. The published types bring Node's along, which core must not see. */
declare module "papaparse" {
  interface QuoteError {
    readonly code: string;
    /** Where the quoted text begins: behind its quote. */
    readonly index: number;
  }

  export interface StepResult {
    /** The one row. */
    readonly data: readonly [readonly string[]];
    readonly errors: readonly QuoteError[];
    readonly meta: {
      /** Where the row ends in the text. */
      readonly cursor: number;
    };
  }

  interface StepConfig {
    readonly delimiter: string;
    readonly newline: "\n";
    readonly step: (result: StepResult) => void;
  }

  const papaparse: {
    /** What `parse` stands on; it leaves a byte-order mark at the beginning of a text where it is. */
    readonly Parser: new (config: StepConfig) => { parse(text: string): void };
  };
  export default papaparse;
}
