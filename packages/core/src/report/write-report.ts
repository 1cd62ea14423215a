import { parseAppId } from "../resource/app-id.ts";
import { counters, type CounterName } from "../resource/counters.ts";
import { graphError, type GraphError } from "../http/graph-error.ts";
import type { InstallSummaryPatch } from "../resource/install-summary.ts";
import { platformCode } from "../resource/platform.ts";
import { parsePatch } from "../patch/parse-patch.ts";
import { visibleText } from "../text/visible-text.ts";
import { guardFormula } from "./rows/formula-guard.ts";
import { isAppType } from "./rows/app-type.ts";
import { maxRowLength } from "./rows/report-row.ts";
import { isStorable, unstorableText } from "./rows/storable-text.ts";

/** An app with its counters: a row from `readReport`, or an app from a server with its summary. */
export interface ReportEntry {
  readonly app: {
    readonly id: string;
    readonly displayName?: string | null;
    readonly publisher?: string | null;
    readonly "@odata.type"?: string;
  };
  readonly patch: InstallSummaryPatch;
}

/** How a report is written. */
export interface WriteReportOptions {
  /**
   * The counters that get a column. Every entry must have all of them, because a missing number is never 0.
   *
   * @default all ten
   */
  readonly counters?: readonly CounterName[];
}

const chunkLength = 16 * 1024;

/**
 * Writes a report as CSV, in UTF-8, with Intune's column names, while the stream is read. `readReport` reads back what was
 * written, the exact type of each app included, with two exceptions: a blank text is absent, and a line break inside a
 * text, with the CRs before it, becomes LF. No spreadsheet takes a text for a formula, whether it separates by commas,
 * semicolons or tabs. The stream fails with `GraphError` 400 at an entry that cannot be written.
 */
export function writeReport(
  entries: Iterable<ReportEntry> | AsyncIterable<ReportEntry>,
  options: WriteReportOptions = {},
): ReadableStream<Uint8Array> {
  const lines = writeLines(entries, options.counters ?? counters.map(({ name }) => name));
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = "";
      let isDone = false;
      while (text.length < chunkLength && !isDone) {
        const next = await lines.next();
        if (next.done === true) isDone = true;
        else text += next.value;
      }
      if (text !== "") controller.enqueue(encoder.encode(text));
      if (isDone) controller.close();
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}

async function* writeLines(
  entries: Iterable<ReportEntry> | AsyncIterable<ReportEntry>,
  names: readonly CounterName[],
): AsyncGenerator<string, undefined> {
  const columns = names.map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  // Spreadsheets need the byte-order mark to read the file as UTF-8.
  yield `\uFEFF${line(["ApplicationId", "DisplayName", "Publisher", "Platform", "ODataType", ...columns])}`;
  for await (const { app, patch } of entries) {
    const id = parseAppId(app.id);
    const values = parsePatch(patch, { id });
    const type = app["@odata.type"] ?? "";
    if (type !== "" && !isAppType(type)) {
      throw unwritable(`'${visibleText(type, 64)}' is not a type such as #microsoft.graph.win32LobApp`, id);
    }
    const row = line([
      id,
      textCell(id, app.displayName ?? ""),
      textCell(id, app.publisher ?? ""),
      platformCode(type),
      type,
      ...names.map((name) => counterCell(id, name, values[name])),
    ]);
    if (row.length > maxRowLength) {
      throw unwritable(`its row has ${row.length} characters; the maximum is ${maxRowLength}`, id);
    }
    yield row;
  }
}

function line(cells: readonly string[]): string {
  return `${cells.join(",")}\r\n`;
}

function textCell(id: string, text: string): string {
  if (!isStorable(text)) throw unwritable(`'${visibleText(text, 64)}' ${unstorableText}`, id);
  // The reader turns CRLF into LF. CRs before it go too, since they would make one more with the LF.
  const guarded = guardFormula(text.replaceAll(/(?<!\r)\r+\n/g, "\n"));
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function counterCell(id: string, name: CounterName, value: number | undefined): string {
  if (value === undefined) throw unwritable(`${name} is missing, and a missing number is never 0`, id);
  return String(value);
}

function unwritable(why: string, id: string): GraphError {
  return graphError("BadRequest", `The app ${id} cannot be written: ${why}.`);
}
