import { isJsonArray, isJsonObject, type JsonValue } from "../../text/json-value.ts";
import type { ReportRow } from "../rows/report-row.ts";
import { createRowParser, type RowParserOptions } from "../rows/row-parser.ts";
import { cellText } from "./cell-text.ts";

/** A row of a JSON text: its values, in the order of the header. */
export interface ValueRow {
  readonly line: number;
  readonly values: readonly JsonValue[];
}

/**
 * Makes the parser for rows of JSON values under a header, as `createRowParser` does for cells. It rejects a row whose name
 * or publisher is an array or an object: the sign of one would be a text like any other.
 */
export function createValueParser(
  header: readonly string[],
  options: RowParserOptions = {},
): (row: ValueRow) => ReportRow {
  const parse = createRowParser(header, options);
  const { columns = header } = options;
  const texts = columns.flatMap((name, index) => (textColumn.test(name.trim()) ? [index] : []));
  return ({ line, values }) => {
    const index = texts.find((at) => isNested(values[at]));
    const row = parse({ line, cells: values.map(cellText) });
    if (index === undefined) return row;
    const { id } = "app" in row ? row.app : row;
    const column = header[index] ?? "";
    return {
      line,
      ...(id !== undefined && { id }),
      column,
      problem: `${column} must be a text; got ${cellText(values[index] ?? null)}.`,
    };
  };
}

const textColumn = /^(?:displayname|publisher)$/i;

function isNested(value: JsonValue | undefined): boolean {
  return value !== undefined && (isJsonArray(value) || isJsonObject(value));
}
