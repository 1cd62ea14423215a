import { GraphError, isGraphError } from "../http/graph-error.ts";
import { requireNames } from "../text/require-members.ts";
import { visibleText } from "../text/visible-text.ts";
import { findSeparator, type Separator } from "./csv/find-separator.ts";
import { macLineEndings, parseCsv } from "./csv/parse-csv.ts";
import { isPrelude } from "./csv/prelude.ts";
import { requireSplitHeader } from "./csv/require-split-header.ts";
import { refuseOtherJson } from "./refuse-other-json.ts";
import { requireLineBreaks } from "./require-line-breaks.ts";
import { byteChunks, isWebStream, peek, type ByteSource } from "./input/byte-chunks.ts";
import { decodeChunks, encodingOf } from "./input/decode-chunks.ts";
import { decodeStart, detectFormat, isZip } from "./input/detect-format.ts";
import { parseJsonReport } from "./json/parse-json-report.ts";
import { createPageCheck } from "./page-check.ts";
import { wholeFile, type FileEnd } from "./rows/file-end.ts";
import { createRowParser, type RowParser } from "./rows/row-parser.ts";
import type { ReportRow } from "./rows/report-row.ts";
import { openZip } from "./zip/open-zip.ts";
import { unreadable } from "./input/unreadable.ts";

/** How files are read. */
export interface ReadReportOptions {
  /**
   * What people call each file, for errors.
   *
   * @default "file 1", "file 2" and so on
   */
  readonly names?: readonly string[] | undefined;
}

/**
 * Reads Intune's report of apps row by row: `AppInstallStatusAggregate` as CSV or JSON, or inside the export's ZIP, the
 * responses of `getAppsInstallSummaryReport` and `getAppStatusOverviewReport`, and Graph's list of apps with their install
 * summaries. The content tells which it is. Reads while the file arrives, in bounded memory; a ZIP is read from its end,
 * so up to 64 MiB of it are held. Throws `GraphError` if the file as a whole cannot be read, also after some rows: apply no
 * row before the end.
 *
 * Several files are read one after the other, as the pages of one report; their rows tell the number of their file. An app
 * that is in two pages is read twice. Throws `GraphError` if a page is missing, and for a list without a file.
 */
export async function* readReport(
  source: ByteSource | readonly ByteSource[],
  options: ReadReportOptions = {},
): AsyncGenerator<ReportRow, undefined> {
  requireNames("options of readReport", options, ["names"]);
  const { names } = options;
  const sources = isList(source) ? source : [source];
  if (sources.length === 0) throw unreadable("There is no file to read: the list of files is empty.");
  const pages = createPageCheck(sources.length);
  const unread = new Set(sources);
  try {
    for (const [index, one] of sources.entries()) {
      unread.delete(one);
      const rows = readFile(one);
      try {
        let next = await rows.next();
        for (; next.done !== true; next = await rows.next()) {
          for (const row of next.value) {
            pages.addRow(row);
            yield sources.length === 1 ? row : { ...row, file: index + 1 };
          }
        }
        pages.endFile(next.value);
      } catch (error) {
        throw sources.length === 1 ? error : ofFile(error, names?.[index] ?? `file ${index + 1}`);
      } finally {
        await rows.return(wholeFile);
      }
    }
    pages.end();
  } finally {
    for (const one of unread) if (isWebStream(one)) await one.cancel().catch(() => undefined);
  }
}

/** The error of one file, where several are read. */
function ofFile(error: unknown, name: string): unknown {
  if (!isGraphError(error)) return error;
  const { status, code, message } = error;
  return new GraphError({ status, code, message: `${visibleText(name, 200)}: ${message}`, cause: error });
}

function isList(source: ByteSource | readonly ByteSource[]): source is readonly ByteSource[] {
  return Array.isArray(source);
}

type Rows = AsyncGenerator<readonly ReportRow[], FileEnd>;

async function* readFile(source: ByteSource): Rows {
  const chunks = byteChunks(source);
  let unpacked: ReturnType<typeof openZip> | undefined;
  try {
    const file = await peek(chunks);
    if (isZip(file.start)) unpacked = openZip(file.chunks);
    const report = unpacked === undefined ? file : await peek(unpacked);
    if (isZip(report.start)) throw unreadable("The ZIP contains another ZIP. Unpack the outer one first.");
    const { start } = report;
    const format = detectFormat(start);
    const texts = decodeChunks(report.chunks, encodingOf(start));
    if (format === "json") return yield* parseJsonReport(texts);
    const text = decodeStart(start);
    refuseOtherJson(text);
    requireLineBreaks(text);
    return yield* parseCsvReport(texts, findSeparator(text));
  } finally {
    await unpacked?.return(undefined);
    await chunks.return(undefined);
  }
}

async function* parseCsvReport(texts: AsyncIterable<string>, separator: Separator): Rows {
  let parseRow: RowParser | undefined;
  for await (const rows of parseCsv(texts, separator)) {
    let from = 0;
    while (parseRow === undefined && from < rows.length) {
      const header = rows[from]?.cells ?? [];
      from += 1;
      if (header.some((cell) => /\r(?!\n)/.test(cell.trim()))) throw macLineEndings();
      if (isPrelude(header.join(","))) continue;
      requireSplitHeader(header);
      parseRow = createRowParser(header, { isGuarded: true, needsCounters: true });
    }
    if (parseRow !== undefined) yield rows.slice(from).map(parseRow);
  }
  if (parseRow === undefined) throw unreadable("The file is blank.");
  return wholeFile;
}
