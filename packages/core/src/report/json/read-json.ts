import { parseCounterText } from "../../resource/counter-text.ts";
import { graphError, isGraphError, type GraphError } from "../../http/graph-error.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../text/json-value.ts";
import { createRowReader, type RowReader } from "../rows/read-row.ts";
import type { ReportRow } from "../rows/report-row.ts";
import { splitJson, type JsonPart } from "./split-json.ts";

/** So much of rows without names is held until the names come, in characters. */
const mostHeld = 16 * 1024 * 1024;
/** What a row takes beside its text, however short that is. */
const rowSize = 64;

const asked = { list: "values", others: ["schema", "totalrowcount"] };

/**
 * Reads the JSON of an export, `{"values":[{…}]}`, or of a report that Graph answers,
 * `{"TotalRowCount":1,"Schema":[{"Column":"…"}],"Values":[["…"]]}`, as it comes. All of these names are read without
 * case, and come in any order.
 */
export async function* readJson(texts: AsyncIterable<string>): AsyncGenerator<readonly ReportRow[]> {
  const report = createReportReader();
  for await (const parts of splitJson(texts, asked)) {
    const rows = parts.flatMap((part) => report.read(part));
    if (rows.length > 0) yield rows;
  }
  report.end();
}

interface ReportReader {
  /** The rows that a part makes readable. */
  read(part: JsonPart): readonly ReportRow[];
  /** Throws where the report is not whole. */
  end(): void;
}

function createReportReader(): ReportReader {
  let hasList = false;
  let count = 0;
  let total: number | undefined;
  let readCells: RowReader | undefined;
  let held: { readonly line: number; readonly cells: readonly string[] }[] = [];
  let heldSize = 0;
  const readMembers = createObjectReader();

  return { read, end };

  function read(part: JsonPart): readonly ReportRow[] {
    if (part.kind === "member") return readMember(part.name, part.value);
    if (part.kind === "element") return readElement(part.value, part.length);
    hasList = true;
    return [];
  }

  function readMember(name: string, value: JsonValue): readonly ReportRow[] {
    if (name === "totalrowcount") total = readTotal(value);
    if (name === "schema") {
      readCells = createRowReader(readSchema(value));
      const rows = held.map(readCells);
      held = [];
      return rows;
    }
    return [];
  }

  function readElement(value: JsonValue, length: number): readonly ReportRow[] {
    count += 1;
    if (isJsonObject(value)) return [readMembers(value, count)];
    if (!isJsonArray(value)) throw noReport(`has neither an object nor an array as row ${count}`);
    const row = { line: count, cells: value.items.map(cellText) };
    if (readCells !== undefined) return [readCells(row)];
    held.push(row);
    heldSize += length + rowSize;
    if (heldSize > mostHeld) {
      throw noReport("has no 'Schema' before its 'Values', which are too many to be held until it comes");
    }
    return [];
  }

  function end(): void {
    if (!hasList) throw noReport("has no list 'values'");
    if (held.length > 0) throw noReport("has 'Values' but no 'Schema'");
    if (total !== undefined && count < total) {
      throw graphError("BadRequest", `The report has ${count} of ${total} rows: it is not complete.`);
    }
  }
}

/** Reads rows whose members have names. Rows of a report have the same ones, so their reader is kept. */
function createObjectReader(): (row: JsonObject, line: number) => ReportRow {
  let names: readonly string[] = [];
  let readCells: RowReader | undefined;

  return ({ members }, line) => {
    const isSame = members.length === names.length && members.every(([name], at) => name === names[at]);
    try {
      if (!isSame) readCells = undefined;
      names = members.map(([name]) => name);
      readCells ??= createRowReader(names);
    } catch (error) {
      // The first row stands for all of them, as a header does; another one only for itself.
      if (line === 1 || !isGraphError(error)) throw error;
      return { line, problem: error.message };
    }
    return readCells({ line, cells: members.map(([, value]) => cellText(value)) });
  };
}

function readTotal(value: JsonValue): number {
  const reading = parseCounterText(cellText(value));
  if (reading.kind === "value") return reading.value;
  throw noReport("has a 'TotalRowCount' that is no number of rows");
}

function readSchema(value: JsonValue): readonly string[] {
  const columns = isJsonArray(value) ? value.items : [];
  const names = columns.map(columnName);
  if (names.length > 0 && names.every((name) => name !== undefined)) return names;
  throw noReport("has a 'Schema' that is no list of columns");
}

function columnName(column: JsonValue): string | undefined {
  const members = isJsonObject(column) ? column.members : [];
  const [name, ...others] = members.filter(([member]) => member.toLowerCase() === "column");
  return typeof name?.[1] === "string" && others.length === 0 ? name[1] : undefined;
}

/** A value as the text that a cell would hold. What no cell holds shows as what it is, and is then refused. */
function cellText(value: JsonValue): string {
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  if (value.kind === "number") return value.text;
  return value.kind === "array" ? "[…]" : "{…}";
}

function noReport(why: string): GraphError {
  return graphError(
    "BadRequest",
    `The JSON ${why}. A report looks like {"values":[{"ApplicationId":"…"}]}, or like {"Schema":[{"Column":"ApplicationId"}],"Values":[["…"]]}.`,
  );
}
