import type { RejectedRow } from "@install-summary/core/report";

/** The rows that an import rejects. However many they are, only the first are kept; the others are counted. */
export interface RejectedRows {
  add(row: RejectedRow): void;
  /** Counts rows of which nothing is kept, since they come after as many others. */
  addUnkept(count: number): void;
  count(): number;
  /** The first rows, in the order of the files. */
  first(): readonly RejectedRow[];
}

/** How many rejected rows are kept. */
export const maxKeptRows = 1000;

/** Makes an empty list of rejected rows. */
export function createRejectedRows(): RejectedRows {
  let kept: readonly RejectedRow[] = [];
  let others: RejectedRow[] = [];
  let count = 0;
  return {
    add(row) {
      count += 1;
      others.push(row);
      if (others.length >= maxKeptRows) takeFirst();
    },
    addUnkept(more) {
      count += more;
    },
    count: () => count,
    first() {
      takeFirst();
      return kept;
    },
  };

  function takeFirst(): void {
    kept = kept.concat(others).toSorted(byPlace).slice(0, maxKeptRows);
    others = [];
  }
}

function byPlace(one: RejectedRow, other: RejectedRow): number {
  return (one.file ?? 1) - (other.file ?? 1) || one.line - other.line;
}
