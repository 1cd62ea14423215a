import { counters, type CounterState } from "@install-summary/core";
import { counterStates, stateLabels } from "@install-summary/core/text";

/** What `get` has printed: the cells of its ten counters, in the order of the specification, and what is below them. */
export interface PrintedTable {
  readonly cells: readonly string[];
  /** Undefined where the line with the id was not copied. */
  readonly id: string | undefined;
  /** The version that the counters were read at; undefined where its line was not copied, or names none. */
  readonly etag: string | undefined;
}

/**
 * Parses lines that `get` has printed as a table, with the labels of the states. Undefined for any other text; a sentence
 * that says what to paste where lines of the table are missing or there are several tables.
 */
export function parsePrintedTable(lines: readonly string[]): PrintedTable | string | undefined {
  const rows = lines.flatMap((line) => {
    const state = counterStates.find((one) => line.trim().startsWith(`${stateLabels[one].label} `));
    return state === undefined ? [] : [{ state, cells: cellsAfter(line, stateLabels[state].label) }];
  });
  if (rows.length === 0) return undefined;
  const isWhole = counterStates.every((state) => rows.filter((one) => one.state === state).length === 1);
  if (!isWhole || rows.some(({ cells }) => cells.length !== 2)) {
    return "Paste all five lines of one app's table, or ten numbers.";
  }
  const cellOf = (state: CounterState, column: number): string =>
    rows.find((one) => one.state === state)?.cells[column] ?? "";
  return {
    cells: counters.map(({ state, scope }) => cellOf(state, scope === "device" ? 0 : 1)),
    id: wordBelow(lines, /^\s*Id\s+(\S+)\s*$/),
    etag: wordBelow(lines, /^\s*ETag\s+(\S+)\s*$/),
  };
}

function wordBelow(lines: readonly string[], pattern: RegExp): string | undefined {
  return lines.map((line) => pattern.exec(line)?.[1]).find((word) => word !== undefined);
}

function cellsAfter(line: string, label: string): readonly string[] {
  return line.trim().slice(label.length).trim().split(/\s+/);
}
