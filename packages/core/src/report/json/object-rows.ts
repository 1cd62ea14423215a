import { isGraphError } from "../../http/graph-error.ts";
import { installSummaryType } from "../../resource/install-summary.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../text/json-value.ts";
import { hasCounterColumn } from "../rows/find-columns.ts";
import type { ReportRow } from "../rows/report-row.ts";
import { cutByPowerShell } from "./report-members.ts";
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

/** A member of a row: its name as it was written, and the report's column that it is. */
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
    const isGraph = isGraphApp(row);
    const members = isGraph ? graphMembers(row) : rowMembers(row);
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
      return { line, problem: error.message };
    }
    if (!isSame) isCounted = hasCounterColumn(columns);
    hasCounters ||= isCounted;
    isGraphList ||= isGraph;
    const parsed = parse({ line, values: members.map(({ value }) => value) });
    const checked = isGraph ? checkSummaryId(parsed, row) : parsed;
    return isCounted || !("app" in checked)
      ? checked
      : { line, id: checked.app.id, problem: "The row has no counters." };
  }
}

/** Whether an object has an app as Graph has it: by its `id`, which a row of a report calls ApplicationId. */
export function isGraphApp({ members }: JsonObject): boolean {
  const names = members.map(([name]) => name.toLowerCase());
  return names.includes("id") && !names.includes("applicationid");
}

function rowMembers({ members }: JsonObject): readonly Member[] {
  return members.map(([name, value]) => ({ name, column: name, value }));
}

/** The members of an app with those of its summary beside them. */
function graphMembers({ members }: JsonObject): readonly Member[] {
  return members.flatMap(([name, value]): readonly Member[] => {
    if (isSummaryName(name) && typeof value === "string") throw cutByPowerShell(`'${name}'`);
    // A summary alone has its own type, which tells nothing about its app.
    if (value === installSummaryType) return [];
    if (!isSummaryName(name) || !isJsonObject(value)) return [{ name, column: graphColumn(name), value }];
    return value.members
      .filter(([member]) => member === etagMember || !/^(?:id$|@)/i.test(member))
      .map(([member, inner]) => ({
        name: member,
        column: member === etagMember ? "ETag" : member,
        value: inner,
      }));
  });
}

/** The version of a summary, beside its counters. */
const etagMember = "@odata.etag";

function graphColumn(name: string): string {
  const plain = name.toLowerCase();
  if (plain === "id") return "ApplicationId";
  return plain === "@odata.type" ? "ODataType" : name;
}

/** `installSummary` in Graph's list, `summary` in what the command `get` prints. */
function isSummaryName(name: string): boolean {
  return ["installsummary", "summary"].includes(name.toLowerCase());
}

/** Rejects an app whose summary is that of another app. */
function checkSummaryId(row: ReportRow, { members }: JsonObject): ReportRow {
  const [, summary = null] = members.find(([name]) => isSummaryName(name)) ?? [];
  if (!("app" in row) || !isJsonObject(summary)) return row;
  const [, id = row.app.id] = summary.members.find(([name]) => name.toLowerCase() === "id") ?? [];
  if (typeof id === "string" && id.toLowerCase() === row.app.id) return row;
  return { line: row.line, id: row.app.id, column: "id", problem: "The summary has the id of another app." };
}
