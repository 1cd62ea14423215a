import { ZipReader, type Entry, type FileEntry } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { graphError, isGraphError, type GraphError } from "../../http/graph-error.ts";
import { visibleText } from "../../text/visible-text.ts";
import { byteChunks } from "../input/byte-chunks.ts";

// A ZIP is read from its end, so it is held in memory, packed.
const mostBytes = 64 * 1024 * 1024;
const greatestRatio = 100;
const mostNames = 5;
const stored = 0;
const deflate = 8;

/**
 * The bytes of the one report in a ZIP. Sizes and checksum are checked, names of entries are never paths. Throws
 * `GraphError`: 400 for what is no such ZIP, 413 for one that is too big to hold, 415 for an Excel workbook.
 */
export async function* openZip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const zip = new ZipReader(await hold(chunks), {
    useWebWorkers: false,
    checkCrc32: true,
    checkOverlappingEntry: true,
    strictness: "strict",
    filenameValidation: "tolerant",
  });
  try {
    const entry = findReport(await zip.getEntries());
    yield* unpack(entry);
  } catch (error) {
    throw isGraphError(error) ? error : unreadable(error);
  } finally {
    await zip.close();
  }
}

async function hold(chunks: AsyncIterable<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > mostBytes) {
      throw graphError("RequestEntityTooLarge", "A ZIP of more than 64 MiB is not read. Unpack it first.");
    }
    parts.push(new Uint8Array(chunk));
  }
  return new Blob(parts).stream();
}

function findReport(entries: readonly Entry[]): FileEntry {
  if (entries.some(({ filename }) => filename === "[Content_Types].xml")) throw excelWorkbook();
  if (overlap(entries)) throw refused("The ZIP cannot be read: its entries overlap.");
  const files = entries.filter((entry) => !entry.directory).filter(({ filename }) => !isLeftByMac(filename));
  const [report, ...others] = files.filter(({ filename }) => /\.(?:csv|json)$/i.test(filename));
  if (report === undefined) {
    const holds = files.length === 0 ? "is empty" : `holds ${namesOf(files)}`;
    throw refused(`The ZIP ${holds}; there must be one file that ends in .csv or .json.`);
  }
  if (others.length > 0) {
    const names = namesOf([report, ...others]);
    throw refused(`The ZIP holds ${others.length + 1} reports: ${names}. Import one at a time.`);
  }
  const name = namesOf([report]);
  if (report.encrypted) throw refused(`${name} in the ZIP is encrypted. Unpack it first.`);
  if (report.compressionMethod !== stored && report.compressionMethod !== deflate) {
    throw refused(`${name} in the ZIP is packed by a method other than deflate. Unpack it first.`);
  }
  if (report.uncompressedSize > report.compressedSize * greatestRatio) {
    throw refused(
      `${name} in the ZIP unpacks to ${report.uncompressedSize} bytes, more than ${greatestRatio} times its size.`,
    );
  }
  return report;
}

/** Whether macOS put a file beside the others when it packed them. */
function isLeftByMac(filename: string): boolean {
  return filename.startsWith("__MACOSX/") || /(?:^|\/)\._[^/]*$/.test(filename);
}

function namesOf(files: readonly Entry[]): string {
  const names = files.slice(0, mostNames).map(({ filename }) => `'${visibleText(filename, 64)}'`);
  const more = files.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function overlap(entries: readonly Entry[]): boolean {
  const ordered = entries.toSorted((one, other) => one.offset - other.offset);
  return ordered.some(({ offset, compressedSize }, index) => {
    const next = ordered[index + 1];
    return next !== undefined && offset + compressedSize > next.offset;
  });
}

async function* unpack(entry: FileEntry): AsyncGenerator<Uint8Array, undefined> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  // What fails before the first byte leaves the stream open, so that its reader would wait for ever.
  entry.getData(writable).catch((error: unknown) => writable.abort(error).catch(() => undefined));
  // The size is checked while it comes: after the end would be too late for what has no end.
  let left = entry.uncompressedSize;
  for await (const chunk of byteChunks(readable)) {
    left -= chunk.length;
    if (left < 0) throw new Error("Invalid uncompressed size");
    yield chunk;
  }
}

function unreadable(error: unknown): GraphError {
  const what = error instanceof Error ? error.message : String(error);
  // An ambiguous archive says in what way it is one.
  const reason = error instanceof Error && "reason" in error ? `, ${String(error.reason)}` : "";
  return refused(
    `The ZIP cannot be read: ${visibleText(what + reason, 200)}. Export the report again, or unpack it first.`,
  );
}

/** What an Excel workbook is refused with. */
export function excelWorkbook(): GraphError {
  return graphError(
    "UnsupportedMediaType",
    'This is an Excel workbook. Save it as "CSV UTF-8" and import that.',
  );
}

function refused(message: string): GraphError {
  return graphError("BadRequest", message);
}
