import { isAppId } from "../../resource/app-id.ts";
import { counterNames, type CounterName } from "../../resource/counters.ts";
import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import { guessType } from "../../resource/platform.ts";
import { parseTypedCounter } from "../../resource/typed-counter.ts";
import { visibleText } from "../../text/visible-text.ts";
import { isAppType } from "./app-type.ts";
import { describeCounterProblem } from "./counter-problem.ts";
import { findColumns, noCounters, requireColumn } from "./find-columns.ts";
import { removeGuard } from "./formula-guard.ts";
import { reportNames } from "./column-names.ts";
import { onlyId } from "./only-id.ts";
import { hasCounterColumn } from "./recognize-table.ts";
import type { RejectedRow, ReportApp, ReportRow } from "./report-row.ts";
import { isStorable, unstorableText } from "./storable-text.ts";

/** A row of a file: its cells, in the order of the header. */
export interface CellRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Parses the rows of one file. */
export type RowParser = (row: CellRow) => ReportRow;

/** How the rows of a file are parsed. */
export interface RowParserOptions {
  /** The name of the report or of Graph for each column of the file, where the file uses other names. */
  readonly columns?: readonly string[] | undefined;
  /** Whether texts have a `'` before what a spreadsheet would take for a formula, as CSV files have. */
  readonly isGuarded?: boolean;
  /** Whether a header without a counter is refused. */
  readonly needsCounters?: boolean;
}

/** A fault of a row; `column` is the index of the column at fault. */
interface RowFault {
  readonly problem: string;
  readonly column?: number | undefined;
}

interface CounterColumn {
  readonly name: CounterName;
  readonly index: number;
}

/**
 * Makes the parser for rows under a header. Columns may be in any order, their names in any case, and unknown ones are
 * ignored. Throws `GraphError` 400 if a column appears twice, the one of the ids is missing, or counters are needed and
 * missing.
 */
export function createRowParser(header: readonly string[], options: RowParserOptions = {}): RowParser {
  const { columns = header, isGuarded = false, needsCounters = false } = options;
  const names = reportNames(columns);
  const indexes = findColumns(names);
  const idColumn = requireColumn("ApplicationId", indexes, header);
  if (needsCounters && !hasCounterColumn(names)) throw noCounters(header);
  const nameColumn = indexes.get("displayname");
  const publisherColumn = indexes.get("publisher");
  const typeColumn = indexes.get("odatatype");
  const etagColumn = indexes.get("etag");
  const platformColumns = ["platform", "platform_loc", "appplatform"].map((name) => indexes.get(name));
  const counterColumns = counterNames.flatMap((name): readonly CounterColumn[] => {
    const index = indexes.get(name.toLowerCase());
    return index === undefined ? [] : [{ name, index }];
  });

  return ({ line, cells }) => {
    // With a cell too many or too few it is unknown which value belongs to which column. Where ids are in the first one, an id
    // is at its place or nowhere: another GUID may be that of a parent.
    if (cells.length !== header.length) {
      const count = cells.length === 1 ? "1 cell" : `${cells.length} cells`;
      const problem = `The row has ${count}, the header has ${header.length}.`;
      return reject(line, { problem }, onlyId(idColumn === 0 ? cells.slice(0, 1) : cells));
    }
    const idText = cellAt(cells, idColumn).trim();
    const idFault = checkId(idText);
    if (idFault !== undefined) return reject(line, { problem: idFault, column: idColumn });
    const id = idText.toLowerCase();

    const patch = parseCounters(cells);
    if ("problem" in patch) return reject(line, patch, id);
    const textFault = checkTexts(cells);
    if (textFault !== undefined) return reject(line, textFault, id);
    const etag = cellAt(cells, etagColumn).trim();
    return { line, app: parseApp(cells, id), ...(etag !== "" && { etag }), patch };
  };

  function reject(line: number, { problem, column }: RowFault, id?: string): RejectedRow {
    return {
      line,
      ...(id !== undefined && { id }),
      ...(column !== undefined && { column: columnName(column) }),
      problem,
    };
  }

  function parseCounters(cells: readonly string[]): InstallSummaryPatch | RowFault {
    const patch: { [Name in CounterName]?: number } = {};
    for (const { name, index } of counterColumns) {
      const text = cellAt(cells, index);
      const counter = parseTypedCounter(text);
      if (counter.kind === "refused") {
        const problem = describeCounterProblem(columnName(index), text.trim(), counter.reason);
        return { problem, column: index };
      }
      patch[name] = counter.value;
    }
    return patch;
  }

  function checkTexts(cells: readonly string[]): RowFault | undefined {
    for (const column of [nameColumn, publisherColumn]) {
      const text = cellAt(cells, column);
      if (!isStorable(text)) return { problem: `${quote(text)} ${unstorableText}.`, column };
    }
    const type = cellAt(cells, typeColumn).trim();
    if (type === "" || isAppType(type)) return undefined;
    const problem = `${quote(type)} is not a type such as #microsoft.graph.win32LobApp.`;
    return { problem, column: typeColumn };
  }

  function parseApp(cells: readonly string[], id: string): ReportApp {
    const displayName = textAt(cells, nameColumn);
    const publisher = textAt(cells, publisherColumn);
    const written = cellAt(cells, typeColumn).trim();
    const type = written || guessType(platformColumns.map((column) => cellAt(cells, column).trim()));
    return {
      id,
      ...(displayName.trim() !== "" && { displayName }),
      ...(publisher.trim() !== "" && { publisher }),
      ...(type !== undefined && { "@odata.type": type }),
    };
  }

  function textAt(cells: readonly string[], column: number | undefined): string {
    const text = cellAt(cells, column);
    return isGuarded ? removeGuard(text) : text;
  }

  function columnName(index: number): string {
    return header[index]?.trim() ?? "";
  }
}

function checkId(text: string): string | undefined {
  if (text === "") return "The ApplicationId is empty.";
  return isAppId(text) ? undefined : `The ApplicationId ${quote(text)} is not a GUID.`;
}

/** The text of a cell; empty where the file lacks the column. */
function cellAt(cells: readonly string[], column: number | undefined): string {
  return column === undefined ? "" : (cells[column] ?? "");
}

function quote(text: string): string {
  return `'${visibleText(text, 64)}'`;
}
