// papaparse comes without types, and the published ones bring Node's along.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./papaparse.d.ts" />
import papaparse, { type StepResult } from "papaparse";
import { graphError } from "../graph-error.ts";
import { countLines } from "./decode-text.ts";
import type { Row } from "./read-row.ts";

const longestLine = 64 * 1024;
const sliceLength = 64 * 1024;

/**
 * Reads CSV (RFC 4180) row by row, blank lines left out; a line break inside quotes comes out as LF. Holds no more
 * than a few lines at a time. Throws `GraphError` 400, naming the line, where quotes do not close or a line is
 * endless.
 */
export async function* readCsv(texts: AsyncIterable<string>): AsyncGenerator<readonly Row[]> {
  let rest = "";
  let line = 1;

  for await (const text of texts) {
    for (let from = 0; from < text.length; from += sliceLength) {
      yield read((rest + text.slice(from, from + sliceLength)).replaceAll("\r\n", "\n"), false);
      if (rest.length > longestLine) {
        if (/\r./s.test(rest)) throw crLineEnds();
        throw graphError(
          "BadRequest",
          `Line ${line} is longer than ${longestLine} characters, or a quote that opens in it is never closed.`,
        );
      }
    }
  }
  yield read(rest, true);

  /** Reads the rows of a text and keeps the last one, which the text may cut, for later. */
  function read(text: string, isLast: boolean): readonly Row[] {
    const rows: Row[] = [];
    let begin = 0;
    let end = 0;
    let held: Pick<StepResult, "data" | "errors"> | undefined;
    papaparse.parse(text, {
      delimiter: ",",
      newline: "\n",
      step({ data, errors, meta }) {
        keep();
        begin = end;
        end = meta.cursor;
        held = { data, errors };
      },
    });
    if (isLast) keep();
    rest = isLast ? "" : text.slice(begin);
    return rows;

    function keep(): void {
      if (held === undefined) return;
      const { data: cells, errors } = held;
      const [error] = errors;
      if (error !== undefined) throw quoteError(error.code, placeOf(text.slice(begin, error.index)));
      if (cells.length > 1 || cells[0] !== "") rows.push({ line, cells });
      line += countLines(text.slice(begin, end));
    }
  }

  /** Where the last character of a text stands that begins with the row. */
  function placeOf(text: string): string {
    return `line ${line + countLines(text)}, column ${text.length - (text.lastIndexOf("\n") + 1)}`;
  }
}

/** What is wrong with a file whose lines end as on old Macintoshes: it is a single line. */
export function crLineEnds(): Error {
  return graphError("BadRequest", 'The lines end in CR alone. Save the file as "CSV UTF-8".');
}

function quoteError(code: string, place: string): Error {
  const message =
    code === "MissingQuotes"
      ? `The quote at ${place} is never closed.`
      : `Text follows the cell that is quoted at ${place}. A quote inside a quoted cell is written twice.`;
  return graphError("BadRequest", message);
}
