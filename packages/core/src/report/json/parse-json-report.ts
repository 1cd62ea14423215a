import { graphError, isGraphError, type GraphError } from "../../http/graph-error.ts";
import { parseCounterText } from "../../resource/counter-text.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../text/json-value.ts";
import type { ReportRow } from "../rows/report-row.ts";
import { createRowParser, type CellRow, type RowParser } from "../rows/row-parser.ts";
import { parseJsonParts, type JsonPart } from "./json-parts.ts";

/** How many characters of rows are held while the names of their columns have not come yet. */
const maxHeldLength = 16 * 1024 * 1024;
/** What a held row takes beside its text, however short it is. */
const heldRowLength = 64;

const selected = { list: "values", others: ["schema", "totalrowcount"] };

/**
 * Parses the JSON of an export, `{"values":[{…}]}`, or of a report that Graph returns,
 * `{"TotalRowCount":1,"Schema":[{"Column":"…"}],"Values":[["…"]]}`, while it arrives. These names may be in any case and
 * any order.
 */
export async function* parseJsonReport(texts: AsyncIterable<string>): AsyncGenerator<readonly ReportRow[]> {
  const report = createReportParser();
  for await (const parts of parseJsonParts(texts, selected)) {
    const rows = parts.flatMap((part) => report.add(part));
    if (rows.length > 0) yield rows;
  }
  report.end();
}

interface ReportParser {
  /** Adds a part and returns the rows that can be parsed since. */
  add(part: JsonPart): readonly ReportRow[];
  /** Throws if the report is not complete. */
  end(): void;
}

function createReportParser(): ReportParser {
  let hasList = false;
  let count = 0;
  let total: number | undefined;
  let parseRow: RowParser | undefined;
  let held: CellRow[] = [];
  let heldLength = 0;
  const parseObjectRow = createObjectRowParser();

  return { add, end };

  function add(part: JsonPart): readonly ReportRow[] {
    if (part.kind === "member") return addMember(part.name, part.value);
    if (part.kind === "element") return addElement(part.value, part.length);
    hasList = true;
    return [];
  }

  function addMember(name: string, value: JsonValue): readonly ReportRow[] {
    if (name === "totalrowcount") total = parseTotal(value);
    if (name !== "schema") return [];
    parseRow = createRowParser(parseSchema(value));
    const rows = held.map(parseRow);
    held = [];
    return rows;
  }

  function addElement(value: JsonValue, length: number): readonly ReportRow[] {
    count += 1;
    if (isJsonObject(value)) return [parseObjectRow(value, count)];
    if (!isJsonArray(value)) throw notAReport(`has neither an object nor an array as row ${count}`);
    const row = { line: count, cells: value.items.map(cellText) };
    if (parseRow !== undefined) return [parseRow(row)];
    held.push(row);
    heldLength += length + heldRowLength;
    if (heldLength > maxHeldLength) throw notAReport("has too many 'Values' before its 'Schema'");
    return [];
  }

  function end(): void {
    if (!hasList) throw notAReport("has no list 'values'");
    if (held.length > 0) throw notAReport("has 'Values' but no 'Schema'");
    if (total !== undefined && count < total) {
      throw graphError("BadRequest", `The report has ${count} of ${total} rows: it is not complete.`);
    }
  }
}

/** Makes the parser for rows with named members. The rows of a report have the same names, so their parser is kept. */
function createObjectRowParser(): (row: JsonObject, line: number) => ReportRow {
  let names: readonly string[] = [];
  let parseRow: RowParser | undefined;

  return ({ members }, line) => {
    const isSame = members.length === names.length && members.every(([name], index) => name === names[index]);
    try {
      if (!isSame) parseRow = undefined;
      names = members.map(([name]) => name);
      parseRow ??= createRowParser(names);
    } catch (error) {
      // The names of the first row are the header of the file; those of another row concern this row alone.
      if (line === 1 || !isGraphError(error)) throw error;
      return { line, problem: error.message };
    }
    return parseRow({ line, cells: members.map(([, value]) => cellText(value)) });
  };
}

function parseTotal(value: JsonValue): number {
  const total = parseCounterText(cellText(value));
  if (total.kind === "value") return total.value;
  throw notAReport("has a 'TotalRowCount' that is not a number of rows");
}

function parseSchema(value: JsonValue): readonly string[] {
  const columns = isJsonArray(value) ? value.items : [];
  const names = columns.map(columnName);
  if (names.length > 0 && names.every((name) => name !== undefined)) return names;
  throw notAReport("has a 'Schema' that is not a list of columns");
}

function columnName(column: JsonValue): string | undefined {
  const members = isJsonObject(column) ? column.members : [];
  const [name, ...others] = members.filter(([member]) => member.toLowerCase() === "column");
  return typeof name?.[1] === "string" && others.length === 0 ? name[1] : undefined;
}

/** The text that a cell of a CSV file would have. Arrays and objects have none and are then rejected by their sign. */
function cellText(value: JsonValue): string {
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  if (value.kind === "number") return value.text;
  return value.kind === "array" ? "[…]" : "{…}";
}

function notAReport(why: string): GraphError {
  return graphError(
    "BadRequest",
    `The JSON ${why}. A report looks like {"values":[{"ApplicationId":"…"}]}, or like {"Schema":[{"Column":"ApplicationId"}],"Values":[["…"]]}.`,
  );
}
