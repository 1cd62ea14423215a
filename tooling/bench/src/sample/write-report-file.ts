import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { reportChunks, type ReportOptions } from "./apps.ts";

/** Writes a report into a file. */
export async function writeReportFile(file: string, options: ReportOptions): Promise<void> {
  await pipeline(Readable.from(reportChunks(options)), createWriteStream(file));
}
