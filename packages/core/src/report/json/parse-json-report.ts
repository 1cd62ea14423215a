import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../text/json-value.ts";
import type { GraphError } from "../../http/graph-error.ts";
import { noCounters } from "../rows/find-columns.ts";
import type { FileEnd } from "../rows/file-end.ts";
import { isIdColumn } from "../rows/column-names.ts";
import { maxRowLength, type ReportRow } from "../rows/report-row.ts";
import { parseJsonParts, type JsonPart } from "./json-parts.ts";
import { createObjectRowParser } from "./object-rows.ts";
import { cutByPowerShell, notAReport, parseSchema, parseTotal } from "./report-members.ts";
import { createValueParser, type ValueRow } from "./value-row.ts";
import { unreadable } from "../input/unreadable.ts";

/** How many characters of rows are held while the names of their columns have not come yet. */
const maxHeldLength = 16 * 1024 * 1024;
/** What a held row takes beside its text, however short it is. */
const heldRowLength = 64;

const selected = {
  lists: ["values", "value"],
  others: ["schema", "totalrowcount", "@odata.count", "@odata.nextlink"],
};

/**
 * Parses the JSON of an export, `{"values":[{…}]}`, its list or one of its rows alone; a report that Graph returns,
 * `{"TotalRowCount":1,"Schema":[{"Column":"…"}],"Values":[["…"]]}`; and a list of Graph's apps with their install summaries,
 * `{"value":[{"id":"…","installSummary":{…}}]}`. Names may be in any case and any order. Rows come while the text arrives.
 */
export async function* parseJsonReport(
  texts: AsyncIterable<string>,
): AsyncGenerator<readonly ReportRow[], FileEnd> {
  const report = createReportParser();
  for await (const parts of parseJsonParts(texts, selected)) {
    const rows = parts.flatMap((part) => report.add(part));
    if (rows.length > 0) yield rows;
  }
  const { rows, end } = report.end();
  if (rows.length > 0) yield rows;
  return end;
}

interface ReportParser {
  /** Adds a part and returns the rows that can be parsed since. */
  add(part: JsonPart): readonly ReportRow[];
  /** What is known only now. Throws `GraphError` 400 if the text is not a report. */
  end(): { readonly rows: readonly ReportRow[]; readonly end: FileEnd };
}

function createReportParser(): ReportParser {
  let hasList = false;
  let count = 0;
  let total: number | undefined;
  let hasMore = false;
  let parseRow: ReturnType<typeof createValueParser> | undefined;
  let held: ValueRow[] = [];
  let heldLength = 0;
  const objects = createObjectRowParser();
  /** The members of an object that may be the only row. */
  const alone: [name: string, value: JsonValue][] = [];
  let aloneLength = 0;

  return { add, end };

  function add(part: JsonPart): readonly ReportRow[] {
    if (part.kind === "member") return addMember(part.name, part.value, part.length);
    if (part.kind === "element") return addElement(part.value, part.length);
    hasList = true;
    return [];
  }

  function addMember(written: string, value: JsonValue, length: number): readonly ReportRow[] {
    const name = written.toLowerCase();
    if (name === "totalrowcount" || name === "@odata.count") total = parseTotal(written, value);
    else if (name === "@odata.nextlink") hasMore = value !== null;
    else if (name === "schema") return addSchema(value);
    // A list that broke off may say so in any form. A row that stands alone may have a column of that name, and nothing in it.
    else if (name === "error" && (value ?? "") !== "")
      throw notAReport("is the response of a request that failed");
    else if (!hasList && (aloneLength += length + written.length) <= maxRowLength)
      alone.push([written, value]);
    return [];
  }

  function addSchema(value: JsonValue): readonly ReportRow[] {
    parseRow = createValueParser(parseSchema(value), { needsCounters: true });
    const rows = held.map(parseRow);
    held = [];
    return rows;
  }

  function addElement(value: JsonValue, length: number): readonly ReportRow[] {
    count += 1;
    if (isJsonObject(value)) return [objects.parseRow(value, count)];
    if (typeof value === "string") throw cutByPowerShell(`row ${count}`);
    if (!isJsonArray(value)) throw notAReport(`has neither an object nor an array as row ${count}`);
    const row = { line: count, values: value.items };
    if (parseRow !== undefined) return [parseRow(row)];
    held.push(row);
    heldLength += length + heldRowLength;
    if (heldLength > maxHeldLength) throw notAReport("has too many 'Values' before its 'Schema'");
    return [];
  }

  function end(): ReturnType<ReportParser["end"]> {
    const rows = hasList ? [] : [parseAlone()];
    if (held.length > 0) throw notAReport("has arrays as rows, but no 'Schema'");
    if (count > 0 && parseRow === undefined && !objects.hasCounters()) throw noCounters(objects.names());
    return { rows, end: { total, hasMore, isGraphList: objects.isGraphList() } };
  }

  function parseAlone(): ReportRow {
    const row = unwrap({ kind: "object", members: alone });
    const isRow = row.members.some(([name]) => isIdColumn(name));
    if (!isRow) throw notAReport("has no list 'values'");
    if (aloneLength > maxRowLength) throw longRow();
    count += 1;
    return objects.parseRow(row, count);
  }
}

/** The error for an object alone whose members are too long together. */
function longRow(): GraphError {
  return unreadable(
    `The app in the file is longer than ${maxRowLength} characters. Leave out the members that are no columns of a report.`,
  );
}

/** The entity inside a `value`, one of the documented forms of the response to a GET; otherwise the object itself. */
function unwrap(object: JsonObject): JsonObject {
  const [, value = null] = object.members.find(([name]) => name.toLowerCase() === "value") ?? [];
  return isJsonObject(value) ? value : object;
}
