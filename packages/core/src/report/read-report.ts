import { graphError, type GraphError } from "../http/graph-error.ts";
import { byteChunks, peek } from "./input/byte-chunks.ts";
import { decodeText } from "./input/decode-text.ts";
import { excelWorkbook, openZip } from "./zip/open-zip.ts";
import { crLineEnds, readCsv } from "./csv/read-csv.ts";
import { readJson } from "./json/read-json.ts";
import { createRowReader, type RowReader } from "./rows/read-row.ts";
import type { ReportRow } from "./rows/report-row.ts";

/**
 * Reads Intune's report of apps row by row: `AppInstallStatusAggregate` as CSV or JSON, either inside the export's
 * ZIP, or what `getAppsInstallSummaryReport` and `getAppStatusOverviewReport` answer; told apart by content. Everything
 * is read as it comes, in bounded memory; a ZIP, which is read from its end, is held packed, up to 64 MiB. Throws
 * `GraphError` where the file as a whole cannot be read, also after rows: apply none before the end.
 */
export async function* readReport(stream: ReadableStream<Uint8Array>): AsyncGenerator<ReportRow, undefined> {
  const chunks = byteChunks(stream);
  let unpacked: ReturnType<typeof openZip> | undefined;
  try {
    const file = await peek(chunks);
    if (isZip(file.start)) unpacked = openZip(file.chunks);
    const report = unpacked === undefined ? file : await peek(unpacked);
    if (isZip(report.start)) throw refused("The ZIP holds another ZIP. Unpack the outer one first.");
    const read = formatOf(report.start) === "json" ? readJson : readCsvReport;
    for await (const rows of read(decodeText(report.chunks))) yield* rows;
  } finally {
    await unpacked?.return(undefined);
    await chunks.return(undefined);
  }
}

async function* readCsvReport(texts: AsyncIterable<string>): AsyncGenerator<readonly ReportRow[]> {
  let read: RowReader | undefined;
  for await (const rows of readCsv(texts)) {
    const [header, ...others] = rows;
    if (read !== undefined) yield rows.map(read);
    else if (header !== undefined) {
      if (header.cells.some((cell) => cell.trim().includes("\r"))) throw crLineEnds();
      read = createRowReader(header.cells);
      yield others.map(read);
    }
  }
  if (read === undefined) throw refused("The file is blank.");
}

function formatOf(start: Uint8Array): "csv" | "json" {
  if (start.length === 0) throw refused("The file is empty.");
  const [first, second] = start;
  if (first === 0xd0 && second === 0xcf) throw excelWorkbook();
  if (first === 0x1f && second === 0x8b) throw refused("The file is packed with gzip. Unpack it first.");
  if (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    first === 0 ||
    second === 0
  ) {
    throw refused('The file is UTF-16. Save it as "CSV UTF-8".');
  }
  const text = new TextDecoder().decode(start).trimStart();
  if (text.startsWith("<")) throw refused("The file is HTML or XML, not a report.");
  if (text.startsWith("{") || text.startsWith("[")) return "json";
  requireCommas(text);
  return "csv";
}

function requireCommas(text: string): void {
  const [header = ""] = text.replaceAll(/"[^"]*"/g, "").split(/[\r\n]/, 1);
  const separator = [";", "\t"].find((character) => header.includes(character));
  if (separator === undefined || header.includes(",")) return;
  const name = separator === ";" ? "semicolons" : "tabs";
  throw refused(
    `The columns are separated by ${name}, the report's by commas. Import the file as Intune exported it: Excel may have changed that.`,
  );
}

function isZip(start: Uint8Array): boolean {
  // A local file header, or the end of an archive without files.
  const [first, second, third, fourth] = start;
  return (
    first === 0x50 && second === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
  );
}

function refused(message: string): GraphError {
  return graphError("BadRequest", message);
}
