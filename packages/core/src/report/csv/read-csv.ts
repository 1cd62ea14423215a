// papaparse comes without types, and the published ones bring Node's along.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./papaparse.d.ts" />
import papaparse, { type StepResult } from "papaparse";
import { graphError } from "../../http/graph-error.ts";
import { countLines, formatPosition, positionAfter } from "../../text/position.ts";
import type { Row } from "../rows/read-row.ts";
import { longestRow } from "../rows/report-row.ts";

/**
 * Reads CSV (RFC 4180) row by row; blank lines, and those of blank cells alone as spreadsheets leave them behind, are
 * left out. A line break inside quotes comes out as LF. Holds no more
 * than a row and a text at a time. Throws `GraphError` 400, naming the line, where quotes do not close or a row is
 * endless.
 */
export async function* readCsv(texts: AsyncIterable<string>): AsyncGenerator<readonly Row[]> {
  let rest = "";
  let line = 1;

  for await (const text of withLineFeeds(texts)) yield read(rest + text, false);
  yield read(rest, true);

  /** Reads the rows of a text and keeps the last one, which the text may cut, for later. */
  function read(text: string, isLast: boolean): readonly Row[] {
    const rows: Row[] = [];
    let begin = 0;
    let end = 0;
    let held: Pick<StepResult, "data" | "errors"> | undefined;
    new papaparse.Parser({
      delimiter: ",",
      newline: "\n",
      step({ data, errors, meta }) {
        keep();
        begin = end;
        end = meta.cursor;
        held = { data, errors };
      },
    }).parse(text);
    if (isLast) keep();
    else checkLength(text.slice(begin));
    rest = isLast ? "" : text.slice(begin);
    return rows;

    function keep(): void {
      if (held === undefined) return;
      const [cells] = held.data;
      const row = text.slice(begin, end);
      checkLength(row.endsWith("\n") ? row.slice(0, -1) : row);
      const [error] = held.errors;
      if (error !== undefined) throw refused(row, quoteProblem(error.code, quotePlace(error.index)));
      if (cells.some((cell) => cell.trim() !== "")) rows.push({ line, cells });
      line += countLines(row);
    }

    function checkLength(row: string): void {
      if (row.length <= longestRow) return;
      const open = held?.errors.find(({ code }) => code === "MissingQuotes");
      const problem =
        open === undefined
          ? `Line ${line} is longer than ${longestRow} characters.`
          : `The quote at ${quotePlace(open.index)} is not closed within ${longestRow} characters.`;
      throw refused(row, problem);
    }

    function quotePlace(index: number): string {
      return formatPosition(positionAfter({ line, column: 1 }, text.slice(begin, index - 1)));
    }
  }
}

/** The texts with LF for each CRLF, one that two texts share included. */
async function* withLineFeeds(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let open = "";
  for await (const text of texts) {
    const whole = open + text;
    open = whole.endsWith("\r") ? "\r" : "";
    yield whole.slice(0, whole.length - open.length).replaceAll("\r\n", "\n");
  }
  yield open;
}

/** What is wrong with a file whose lines end as on old Macintoshes: it is a single line. */
export function crLineEnds(): Error {
  return graphError("BadRequest", 'The lines end in CR alone. Save the file as "CSV UTF-8".');
}

function refused(row: string, problem: string): Error {
  const unquoted = row.replaceAll(/"[^"]*"/g, "");
  return /\r./s.test(unquoted) ? crLineEnds() : graphError("BadRequest", problem);
}

function quoteProblem(code: string, place: string): string {
  return code === "MissingQuotes"
    ? `The quote at ${place} is never closed.`
    : `Text follows the cell that is quoted at ${place}. A quote inside a quoted cell is written twice.`;
}
