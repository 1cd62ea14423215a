// papaparse comes without types, and the published ones require Node's.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./papaparse.d.ts" />
import papaparse, { type StepResult } from "papaparse";
import type { GraphError } from "../../http/graph-error.ts";
import { countLines, formatPosition, positionAfter } from "../../text/position.ts";
import { maxRowLength } from "../rows/report-row.ts";
import type { Separator } from "./find-separator.ts";
import type { CellRow } from "../rows/row-parser.ts";
import { unreadable } from "../input/unreadable.ts";

/**
 * Parses CSV (RFC 4180), or the same with other separators, row by row. Blank lines are skipped, and so are rows of blank
 * cells, which spreadsheets leave behind. A line break inside quotes stays as it is. Holds at most one row and one text at a
 * time. Throws `GraphError` 400 with the line for a quote that is not closed and for a row without an end.
 */
export async function* parseCsv(
  texts: AsyncIterable<string>,
  separator: Separator = ",",
): AsyncGenerator<readonly CellRow[]> {
  let rest = "";
  let line = 1;

  for await (const text of texts) yield parse(rest + text, false);
  yield parse(rest, true);

  /** Parses the rows of a text. The last one may be cut, so it is kept for the next text. */
  function parse(text: string, isLast: boolean): readonly CellRow[] {
    const rows: CellRow[] = [];
    let start = 0;
    let end = 0;
    let pending: Pick<StepResult, "data" | "errors"> | undefined;
    new papaparse.Parser({
      delimiter: separator,
      newline: "\n",
      step({ data, errors, meta }) {
        addPending();
        start = end;
        end = meta.cursor;
        pending = { data, errors };
      },
    }).parse(text);
    if (isLast) addPending();
    else checkLength(text.slice(start));
    rest = isLast ? "" : text.slice(start);
    return rows;

    function addPending(): void {
      if (pending === undefined) return;
      const row = text.slice(start, end);
      const cells = endRow(pending.data[0], row, separator);
      checkLength(row.replace(/\r?\n$/, ""));
      const [error] = pending.errors;
      if (error !== undefined) throw csvError(row, quoteProblem(error.code, quotePosition(error.index)));
      if (cells.some((cell) => cell.trim() !== "")) rows.push({ line, cells });
      line += countLines(row);
    }

    function checkLength(row: string): void {
      if (row.length <= maxRowLength) return;
      const open = pending?.errors.find(({ code }) => code === "MissingQuotes");
      const problem =
        open === undefined
          ? `Line ${line} is longer than ${maxRowLength} characters.${longestCell(pending?.data[0])}`
          : `The quote at ${quotePosition(open.index)} is not closed within ${maxRowLength} characters.`;
      throw csvError(row, problem);
    }

    function quotePosition(index: number): string {
      return formatPosition(positionAfter({ line, column: 1 }, text.slice(start, index - 1)));
    }
  }
}

/**
 * Takes the CR of a row's CRLF off its last cell. After a quote the parser has dropped it as a blank; a cell without quotes
 * is what the row ends with, up to a separator.
 */
function endRow(cells: readonly string[], row: string, separator: Separator): readonly string[] {
  const last = cells.at(-1) ?? "";
  const start = row.length - 1 - last.length;
  if (!row.endsWith("\r\n") || !row.endsWith(`${last}\n`)) return cells;
  return start === 0 || row[start - 1] === separator ? [...cells.slice(0, -1), last.slice(0, -1)] : cells;
}

/** Says which column makes a row too long, where one does. */
function longestCell(cells: readonly string[] = []): string {
  const at = cells.findIndex((cell) => cell.length > maxRowLength / 2);
  return at === -1 || cells.length === 1
    ? ""
    : ` Most of it is in column ${at + 1}. Leave it out, or shorten it.`;
}

/** The error for a file whose lines end in CR alone, which makes it a single line. */
export function macLineEndings(): GraphError {
  return unreadable('The file has old Mac (CR) line endings. Save it as "CSV UTF-8".');
}

function csvError(row: string, problem: string): GraphError {
  const unquoted = row.replaceAll(/"[^"]*"/g, "");
  return /\r[^\n]/.test(unquoted) ? macLineEndings() : unreadable(problem);
}

function quoteProblem(code: string, position: string): string {
  return code === "MissingQuotes"
    ? `The quote at ${position} is never closed.`
    : `The cell quoted at ${position} is followed by text. A quote inside a quoted cell is written twice.`;
}
