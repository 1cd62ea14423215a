import { graphError, type GraphError } from "../http/graph-error.ts";
import { macLineEndings, parseCsv } from "./csv/parse-csv.ts";
import { byteChunks, peek } from "./input/byte-chunks.ts";
import { decodeText } from "./input/decode-text.ts";
import { parseJsonReport } from "./json/parse-json-report.ts";
import type { ReportRow } from "./rows/report-row.ts";
import { createRowParser, type RowParser } from "./rows/row-parser.ts";
import { excelWorkbook, openZip } from "./zip/open-zip.ts";

/**
 * Reads Intune's report of apps row by row: `AppInstallStatusAggregate` as CSV or JSON, or inside the export's ZIP, and
 * the responses of `getAppsInstallSummaryReport` and `getAppStatusOverviewReport`. The content tells which it is. Reads
 * while the file arrives, in bounded memory; a ZIP is read from its end, so up to 64 MiB of it are held. Throws
 * `GraphError` if the file as a whole cannot be read, also after some rows: apply no row before the end.
 */
export async function* readReport(stream: ReadableStream<Uint8Array>): AsyncGenerator<ReportRow, undefined> {
  const chunks = byteChunks(stream);
  let unpacked: ReturnType<typeof openZip> | undefined;
  try {
    const file = await peek(chunks);
    if (isZip(file.start)) unpacked = openZip(file.chunks);
    const report = unpacked === undefined ? file : await peek(unpacked);
    if (isZip(report.start)) throw unreadable("The ZIP contains another ZIP. Unpack the outer one first.");
    const parse = detectFormat(report.start) === "json" ? parseJsonReport : parseCsvReport;
    for await (const rows of parse(decodeText(report.chunks))) yield* rows;
  } finally {
    await unpacked?.return(undefined);
    await chunks.return(undefined);
  }
}

async function* parseCsvReport(texts: AsyncIterable<string>): AsyncGenerator<readonly ReportRow[]> {
  let parseRow: RowParser | undefined;
  for await (const rows of parseCsv(texts)) {
    const [header, ...others] = rows;
    if (parseRow !== undefined) yield rows.map(parseRow);
    else if (header !== undefined) {
      if (header.cells.some((cell) => cell.trim().includes("\r"))) throw macLineEndings();
      parseRow = createRowParser(header.cells);
      yield others.map(parseRow);
    }
  }
  if (parseRow === undefined) throw unreadable("The file is blank.");
}

function detectFormat(start: Uint8Array): "csv" | "json" {
  if (start.length === 0) throw unreadable("The file is empty.");
  const [first, second] = start;
  if (first === 0xd0 && second === 0xcf) throw excelWorkbook();
  if (first === 0x1f && second === 0x8b) throw unreadable("The file is packed with gzip. Unpack it first.");
  if (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    first === 0 ||
    second === 0
  ) {
    throw unreadable('The file is UTF-16. Save it as "CSV UTF-8".');
  }
  const text = new TextDecoder().decode(start).trimStart();
  if (text.startsWith("<")) throw unreadable("The file is HTML or XML, not a report.");
  if (text.startsWith("{") || text.startsWith("[")) return "json";
  requireCommas(text);
  return "csv";
}

function requireCommas(text: string): void {
  const [header = ""] = text.replaceAll(/"[^"]*"/g, "").split(/[\r\n]/, 1);
  const separator = [";", "\t"].find((character) => header.includes(character));
  if (separator === undefined || header.includes(",")) return;
  const name = separator === ";" ? "semicolons" : "tabs";
  throw unreadable(
    `The columns are separated by ${name}; a report has commas. Import the file as Intune exported it, unchanged by Excel.`,
  );
}

function isZip(start: Uint8Array): boolean {
  // A local file header, or the end of an archive without files.
  const [first, second, third, fourth] = start;
  return (
    first === 0x50 && second === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
  );
}

function unreadable(message: string): GraphError {
  return graphError("BadRequest", message);
}
