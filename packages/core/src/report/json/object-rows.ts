import { isGraphError } from "../../http/graph-error.ts";
import { installSummaryType } from "../../resource/install-summary.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../text/json-value.ts";
import { areGraphNames } from "../rows/column-names.ts";
import { namedId } from "../rows/only-id.ts";
import { hasCounterColumn } from "../rows/recognize-table.ts";
import type { ReportRow } from "../rows/report-row.ts";
import { cellText } from "./cell-text.ts";
import { cutByPowerShell, isErrorMember, isPowerShellText } from "./report-members.ts";
import { createValueParser } from "./value-row.ts";

/** Parses rows with named members: those of an export, and the apps that Graph lists with their install summaries. */
export interface ObjectRowParser {
  parseRow(row: JsonObject, line: number): ReportRow;
  /** Whether a row had a counter. */
  hasCounters(): boolean;
  /** Whether the rows have the names of Graph's properties instead of the report's columns. */
  isGraphList(): boolean;
  /** The names in the last row, as they are written. */
  names(): readonly string[];
}

/** A member of a row: its name as it was written, and the column that it is. */
interface Member {
  readonly name: string;
  readonly column: string;
  readonly value: JsonValue;
}

/** Makes the parser for the rows of one file. They usually have the same names, so their parser is kept. */
export function createObjectRowParser(): ObjectRowParser {
  let columns: readonly string[] = [];
  let names: readonly string[] = [];
  let parse: ReturnType<typeof createValueParser> | undefined;
  /** Whether the last row had a counter, and whether any had. */
  let isCounted = false;
  let hasCounters = false;
  let isGraphList = false;

  return {
    parseRow,
    hasCounters: () => hasCounters,
    isGraphList: () => isGraphList,
    names: () => names,
  };

  function parseRow(row: JsonObject, line: number): ReportRow {
    const members = row.members.flatMap(columnsOf);
    const isSame =
      members.length === columns.length && members.every(({ column }, index) => column === columns[index]);
    try {
      if (!isSame) parse = undefined;
      columns = members.map(({ column }) => column);
      names = members.map(({ name }) => name);
      parse ??= createValueParser(names, { columns });
    } catch (error) {
      // The names of the first row are the header of the file; those of another row concern this row alone.
      if (line === 1 || !isGraphError(error)) throw error;
      const id = namedId(
        columns,
        members.map(({ value }) => cellText(value)),
      );
      return { line, ...(id !== undefined && { id }), problem: error.message };
    }
    if (!isSame) isCounted = hasCounterColumn(columns);
    hasCounters ||= isCounted;
    isGraphList ||= !isSame && areGraphNames(columns);
    const checked = checkMembers(parse({ line, values: members.map(({ value }) => value) }), members);
    return isCounted || !("app" in checked)
      ? checked
      : { line, id: checked.app.id, problem: "The row has no counters." };
  }
}

/**
 * The columns that a member of a row makes: itself, or those of a summary, or what PowerShell puts under AdditionalProperties
 * since its modules have no type for it.
 */
function columnsOf([name, value]: JsonObject["members"][number]): readonly Member[] {
  const isSummary = isSummaryName(name);
  if (isSummary && isPowerShellText(value)) throw cutByPowerShell(`'${name}'`);
  // A summary alone has its own type, which tells nothing about its app.
  if (value === installSummaryType) return [];
  if (isJsonObject(value)) {
    if (isSummary) return value.members.flatMap(summaryColumns);
    if (/^AdditionalProperties$/i.test(name)) return value.members.flatMap(columnsOf);
  }
  return [{ name, column: name, value }];
}

/** The column for the id of a summary, which must be that of its app. */
const summaryId = "id of the summary";

function summaryColumns([name, value]: JsonObject["members"][number]): readonly Member[] {
  // The version of a summary is beside its counters.
  if (name === "@odata.etag") return [{ name, column: "ETag", value }];
  if (name.startsWith("@")) return [];
  return [{ name, column: name.toLowerCase() === "id" ? summaryId : name, value }];
}

/** `installSummary` in Graph's list, `summary` in what the command `get` prints. */
function isSummaryName(name: string): boolean {
  return /^(?:install)?summary$/i.test(name);
}

/** Rejects an app whose summary is that of another app, and one that has an error beside its values. */
function checkMembers(row: ReportRow, members: readonly Member[]): ReportRow {
  if (!("app" in row)) return row;
  const { line, app } = row;
  for (const { column, value } of members) {
    if (column === summaryId && cellText(value).toLowerCase() !== app.id)
      return { line, id: app.id, column: "id", problem: "The summary has the id of another app." };
    if (isErrorMember(column, value))
      return { line, id: app.id, column, problem: "The row has an error beside its values." };
  }
  return row;
}
