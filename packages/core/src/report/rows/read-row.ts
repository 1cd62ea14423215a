import { isAppId } from "../../resource/app-id.ts";
import { parseCounterText } from "../../resource/counter-text.ts";
import { counterMaximum, counterNames, type CounterName } from "../../resource/counters.ts";
import { guessType } from "../../resource/platform.ts";
import { visibleText } from "../../text/visible-text.ts";
import { findColumns, requireColumn } from "./find-columns.ts";
import { withoutGuard } from "./formula-guard.ts";
import { isAppType } from "./app-type.ts";
import type { ReportApp, ReportRow } from "./report-row.ts";
import { isStorable } from "./storable-text.ts";

/** A row of a file: its cells, in the order of the header. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Reads the rows of a file by its header. */
export type RowReader = (row: Row) => ReportRow;

const echo = 64;
const counterRule = `a whole number from 0 to ${counterMaximum}`;

/**
 * Makes the reader of a file's rows. Columns come in any order and are named without case; those that no app is
 * made of are left alone. Throws `GraphError` 400 where the header serves no report.
 */
export function createRowReader(header: readonly string[]): RowReader {
  const columns = findColumns(header);
  const idAt = requireColumn("ApplicationId", columns, header);
  const nameAt = columns.get("displayname");
  const publisherAt = columns.get("publisher");
  const typeAt = columns.get("odatatype");
  const platformsAt = ["platform", "platform_loc", "appplatform"].map((name) => columns.get(name));
  const counters = counterNames.flatMap((name) => {
    const at = columns.get(name.toLowerCase());
    return at === undefined ? [] : [{ name, at }];
  });

  return ({ line, cells }) => {
    const refuse = (problem: string, at?: number, id?: string): ReportRow => ({
      line,
      ...(id !== undefined && { id }),
      ...(at !== undefined && { column: header[at]?.trim() ?? "" }),
      problem,
    });
    // With a cell too many or too few nobody knows which value belongs to which column.
    if (cells.length !== header.length) {
      const count = cells.length === 1 ? "1 cell" : `${cells.length} cells`;
      return refuse(`The row has ${count}, the header has ${header.length}.`);
    }
    const idText = cell(idAt).trim();
    if (idText === "") return refuse("The ApplicationId is empty.", idAt);
    if (!isAppId(idText)) return refuse(`The ApplicationId '${shown(idText)}' is not a GUID.`, idAt);
    const id = idText.toLowerCase();

    const patch: { [Name in CounterName]?: number } = {};
    for (const { name, at } of counters) {
      const text = cell(at).trim();
      const reading = parseCounterText(text);
      if (reading.kind !== "value") {
        const got = text === "" ? "the cell is empty" : `got '${shown(text)}'`;
        return refuse(`${header[at]?.trim()} must be ${counterRule}; ${got}.`, at, id);
      }
      patch[name] = reading.value;
    }
    for (const at of [nameAt, publisherAt]) {
      if (at !== undefined && !isStorable(cell(at))) {
        return refuse(`'${shown(cell(at))}' holds a character that no text can hold.`, at, id);
      }
    }
    const type = cell(typeAt).trim();
    if (type !== "" && !isAppType(type)) {
      return refuse(`'${shown(type)}' is no type such as #microsoft.graph.win32LobApp.`, typeAt, id);
    }
    return { line, app: readApp(id), patch };

    function readApp(appId: string): ReportApp {
      const displayName = withoutGuard(cell(nameAt));
      const publisher = withoutGuard(cell(publisherAt));
      const appType = type === "" ? guessType(platformsAt.map((at) => cell(at).trim())) : type;
      return {
        id: appId,
        ...(displayName.trim() !== "" && { displayName }),
        ...(publisher.trim() !== "" && { publisher }),
        ...(appType !== undefined && { "@odata.type": appType }),
      };
    }

    function cell(at: number | undefined): string {
      return (at === undefined ? undefined : cells[at]) ?? "";
    }
  };
}

function shown(text: string): string {
  return visibleText(text, echo);
}
