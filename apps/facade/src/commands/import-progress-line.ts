import type { ImportProgress } from "../import/import-progress.ts";
import { describeRest } from "./describe-rest.ts";

/** The line that says how far an import has come. */
export interface ImportProgressLine {
  readonly note: (progress: ImportProgress) => void;
  readonly describe: () => string;
}

/** Makes the line. `bytes` is the size of all files, where it is known; `verb` says what is done with the rows. */
export function createImportProgressLine(verb: string, bytes: number | undefined): ImportProgressLine {
  let progress: ImportProgress = { step: "read", rows: 0, bytes: 0 };
  let start = performance.now();
  return {
    note(next) {
      // The rows that are applied come at another rate than they were read.
      if (next.step !== progress.step) start = performance.now();
      progress = next;
    },
    describe() {
      const ms = performance.now() - start;
      if (progress.step === "apply") {
        return `${verb}: ${describeRest({ what: "rows", done: progress.rows, of: progress.of, ms })}`;
      }
      const rows = `Reading: ${count.format(progress.rows)} rows`;
      if (bytes === undefined || bytes === 0) return rows;
      return `${rows}, ${Math.min(99, Math.floor((progress.bytes / bytes) * 100))}%`;
    },
  };
}

const count = new Intl.NumberFormat("en-US");
