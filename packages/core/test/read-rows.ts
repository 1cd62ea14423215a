import { isGraphError, type GraphError } from "../src/http/graph-error.ts";
import { readReport } from "../src/report/read-report.ts";
import type { ReportRow } from "../src/report/rows/report-row.ts";

/** The rows of a file. */
export async function read(file: string | Uint8Array): Promise<readonly ReportRow[]> {
  return collect(streamOf(file));
}

/** The message with which a file is refused. */
export async function refusal(file: string | Uint8Array): Promise<GraphError> {
  const error = await failure(streamOf(file));
  if (!isGraphError(error)) throw error;
  return error;
}

/** The error with which reading a file fails. */
export async function failure(stream: Parameters<typeof readReport>[0]): Promise<unknown> {
  try {
    await collect(stream);
  } catch (error) {
    return error;
  }
  throw new Error("it was read");
}

/** The rows of a stream. */
export async function collect(stream: Parameters<typeof readReport>[0]): Promise<readonly ReportRow[]> {
  const rows: ReportRow[] = [];
  for await (const row of readReport(stream)) rows.push(row);
  return rows;
}

/** A file as a stream. */
export function streamOf(file: string | Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([typeof file === "string" ? file : new Uint8Array(file)]).stream();
}
