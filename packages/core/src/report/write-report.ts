import { parseAppId } from "../resource/app-id.ts";
import { counterNames, type CounterName } from "../resource/counters.ts";
import { graphError, type GraphError } from "../http/graph-error.ts";
import type { InstallSummaryPatch } from "../resource/install-summary.ts";
import { reportPlatformCode } from "../resource/platform.ts";
import { parsePatch } from "../patch/parse-patch.ts";
import { notFit, requireMembers, requireNames } from "../text/require-members.ts";
import { visibleText } from "../text/visible-text.ts";
import { guardFormula } from "./rows/formula-guard.ts";
import { isAppType } from "./rows/app-type.ts";
import { maxRowLength } from "./rows/report-row.ts";
import { columnOf } from "./rows/missing-columns.ts";
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
   * @default those of the first entry, which are then those of every entry; without entries all ten
   */
  readonly counters?: readonly CounterName[];
}

const chunkLength = 16 * 1024;

/**
 * Writes a report as CSV, in UTF-8, with Intune's column names, while the stream is read. `readReport` reads back what was
 * written, the exact type of each app included; only a blank text is then absent. No spreadsheet takes a text for a
 * formula, whether it separates by commas, semicolons or tabs. The stream fails with `GraphError` 400 at an entry that
 * cannot be written.
 */
export function writeReport(
  entries: Iterable<ReportEntry> | AsyncIterable<ReportEntry>,
  options: WriteReportOptions = {},
): ReadableStream<Uint8Array> {
  requireNames("options of writeReport", options, ["counters"]);
  requireEntries(entries);
  requireColumns(options.counters);
  const lines = writeLines(entries, options.counters);
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
  wanted: readonly CounterName[] | undefined,
): AsyncGenerator<string, undefined> {
  let names = wanted;
  if (names !== undefined) yield header(names);
  for await (const entry of entries) {
    requireMembers("an entry of writeReport", entry);
    const { app, patch } = entry;
    requireMembers("app of an entry of writeReport", app);
    const id = parseAppId(app.id);
    const values = parsePatch(patch, { id });
    if (names === undefined) yield header((names = namesOf(values, id)));
    if (names !== wanted) checkColumns(values, names, id);
    const type = app["@odata.type"] ?? "";
    if (type !== "" && !isAppType(type)) {
      throw unwritable(`'${visibleText(type, 64)}' is not a type such as #microsoft.graph.win32LobApp`, id);
    }
    const row = line([
      id,
      textCell(id, app.displayName ?? ""),
      textCell(id, app.publisher ?? ""),
      reportPlatformCode(type),
      type,
      ...names.map((name) => counterCell(id, name, values[name])),
    ]);
    if (row.length > maxRowLength) {
      throw unwritable(`its row has ${row.length} characters; the maximum is ${maxRowLength}`, id);
    }
    yield row;
  }
  if (names === undefined) yield header(counterNames);
}

function requireEntries(entries: object): void {
  const isList = typeof entries === "object" && entries !== null;
  if (isList && (Symbol.iterator in entries || Symbol.asyncIterator in entries)) return;
  throw notFit("entries of writeReport", entries, "a list or a stream of { app, patch }");
}

function requireColumns(counters: readonly string[] | undefined): void {
  if (counters === undefined) return;
  if (!Array.isArray(counters)) throw notFit("options.counters of writeReport", counters, "a list");
  if (counters.length === 0) throw new TypeError("A report needs at least one counter.");
  for (const [index, name] of counters.entries()) {
    if (!counterNames.includes(name))
      throw notFit("each of options.counters of writeReport", name, "a counter");
    if (counters.indexOf(name) < index)
      throw new TypeError(`options.counters of writeReport has "${name}" twice; name it once.`);
  }
}

function header(names: readonly CounterName[]): string {
  // Spreadsheets need the byte-order mark to read the file as UTF-8.
  return `\uFEFF${line(["ApplicationId", "DisplayName", "Publisher", "Platform", "ODataType", ...names.map(columnOf)])}`;
}

/** The counters of the first entry. */
function namesOf(values: InstallSummaryPatch, id: string): readonly CounterName[] {
  const names = counterNames.filter((name) => values[name] !== undefined);
  if (names.length === 0) throw unwritable("it has no counters, and a report needs at least one", id);
  return names;
}

/** A counter without a column would be lost. */
function checkColumns(values: InstallSummaryPatch, names: readonly CounterName[], id: string): void {
  const lost = counterNames.find((name) => values[name] !== undefined && !names.includes(name));
  if (lost === undefined) return;
  throw unwritable(`the first app has no ${lost}. Name the columns with the option counters`, id);
}

function line(cells: readonly string[]): string {
  return `${cells.join(",")}\r\n`;
}

function textCell(id: string, text: string): string {
  if (!isStorable(text)) throw unwritable(`'${visibleText(text, 64)}' ${unstorableText}`, id);
  const guarded = guardFormula(text);
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function counterCell(id: string, name: CounterName, value: number | undefined): string {
  if (value === undefined) throw unwritable(`${name} is missing, and a missing number is never 0`, id);
  return String(value);
}

function unwritable(why: string, id: string): GraphError {
  return graphError("BadRequest", `The app ${id} cannot be written: ${why}.`);
}
