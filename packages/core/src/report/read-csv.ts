// papaparse comes without types, and the published ones bring Node's along.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./papaparse.d.ts" />
import papaparse from "papaparse";
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
    let held:
      | { readonly cells: readonly string[]; readonly errors: readonly { readonly code: string }[] }
      | undefined;
    papaparse.parse(text, {
      delimiter: ",",
      newline: "\n",
      step({ data, errors, meta }) {
        keep();
        begin = end;
        end = meta.cursor;
        held = { cells: data, errors };
      },
    });
    if (isLast) keep();
    rest = isLast ? "" : text.slice(begin);
    return rows;

    function keep(): void {
      if (held === undefined) return;
      const { cells, errors } = held;
      const [error] = errors;
      if (error !== undefined) throw quoteError(error.code, line);
      if (cells.length > 1 || cells[0] !== "") rows.push({ line, cells });
      line += countLines(text.slice(begin, end));
    }
  }
}

function quoteError(code: string, line: number): Error {
  const message =
    code === "MissingQuotes"
      ? `The quote that opens in line ${line} is never closed.`
      : `In line ${line} text follows a closing quote. A quote inside a quoted cell is written twice.`;
  return graphError("BadRequest", message);
}
