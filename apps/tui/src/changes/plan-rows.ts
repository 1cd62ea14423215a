import { decodeText } from "@install-summary/command-line/text";
import { graphError, type InstallSummaryPatch } from "@install-summary/core";
import { readReport, type RejectedRow, type ReportRow } from "@install-summary/core/report";
import { etagFault, parseWrittenETag } from "./written-etag.ts";

/** A row of a file: an app with the values that its counters are to have. */
export interface PlanRow {
  /** In lower case. */
  readonly id: string;
  readonly displayName: string | null;
  /** The version that the row was read at, where the file says: a weak ETag. */
  readonly etag: string | null;
  readonly counters: InstallSummaryPatch;
}

/** The rows of a file, and those that cannot be used. */
export interface PlanRows {
  readonly rows: readonly PlanRow[];
  readonly rejected: readonly RejectedRow[];
}

/**
 * Reads the rows of a report, or of what `list` and `get` print: CSV, JSON, a line of JSON for each app, or a ZIP. An app
 * that is there twice is rejected the second time, and so is a row with an ETag that names no version. Rejects with
 * `GraphError` where the file as a whole cannot be read.
 */
export async function readPlanRows(source: AsyncIterable<Uint8Array>): Promise<PlanRows> {
  const rows = new Map<string, PlanRow>();
  const rejected: RejectedRow[] = [];
  for await (const row of readReport(chunkOf(withOneList(await readWhole(source))))) {
    if ("problem" in row) rejected.push(row);
    else if (rows.has(row.app.id)) rejected.push(repeated(row));
    else if (row.etag !== undefined && parseWrittenETag(row.etag) === undefined)
      rejected.push(unversioned(row, row.etag));
    else rows.set(row.app.id, planRow(row));
  }
  return { rows: [...rows.values()], rejected };
}

type ReadRow = Exclude<ReportRow, RejectedRow>;

function planRow({ app, etag, patch }: ReadRow): PlanRow {
  const readAt = parseWrittenETag(etag ?? "") ?? null;
  return { id: app.id, displayName: app.displayName ?? null, etag: readAt, counters: patch };
}

function repeated({ line, app: { id } }: ReadRow): RejectedRow {
  return { line, id, column: "ApplicationId", problem: `The app ${id} is there twice.` };
}

function unversioned({ line, app: { id } }: ReadRow, etag: string): RejectedRow {
  const problem = `The ETag ${etagFault(etag)}; leave it empty if it is not known.`;
  return { line, id, column: "ETag", problem };
}

/** More than the rows of a million apps take. */
const maxBytes = 400 * 1024 * 1024;

async function readWhole(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > maxBytes)
      throw graphError("RequestEntityTooLarge", `The file is larger than ${maxBytes} bytes.`);
  }
  return Buffer.concat(chunks);
}

/** Lines of JSON become the items of one array, since a report in JSON is one value. Any other file stays as it is. */
function withOneList(bytes: Uint8Array): Uint8Array {
  const lines = linesOf(bytes);
  const isLines = lines.length > 1 && lines.slice(0, 2).every(isJsonObjectText);
  // A fault keeps its line.
  return isLines ? Buffer.from(`[${lines.join(",\n")}]`) : bytes;
}

function linesOf(bytes: Uint8Array): readonly string[] {
  try {
    const text = decodeText(bytes);
    return text.startsWith("{") ? text.split("\n").filter((line) => line.trim() !== "") : [];
  } catch {
    // A ZIP, or an encoding that the reader of reports names.
    return [];
  }
}

function isJsonObjectText(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

async function* chunkOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
