import { ZipReader, type Entry, type FileEntry, type Reader } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { graphError, isGraphError, type GraphError } from "../../http/graph-error.ts";
import { visibleText } from "../../text/visible-text.ts";
import { byteChunks } from "../input/byte-chunks.ts";
import { excelWorkbook } from "../input/detect-format.ts";
import { readBytes } from "./read-bytes.ts";
import { unreadable } from "../input/unreadable.ts";

// A ZIP is read from its end, so all of it is held in memory, packed.
const maxBytes = 64 * 1024 * 1024;
const maxRatio = 100;
const maxEntries = 1000;
const maxNames = 5;
const stored = 0;
const deflate = 8;

/**
 * Unpacks the one report in a ZIP. Sizes and checksum are checked, and the names of entries are never used as paths. Throws
 * `GraphError`: 400 for a ZIP without exactly one report or that cannot be read, 413 for one that is too large, 415 for an
 * Excel workbook.
 */
export async function* openZip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const zip = new ZipReader(await collect(chunks), {
    useWebWorkers: false,
    checkCrc32: true,
    checkOverlappingEntry: true,
    strictness: "strict",
    filenameValidation: "tolerant",
  });
  try {
    const entry = findReport(await listEntries(zip));
    yield* unpack(entry);
  } catch (error) {
    throw isGraphError(error) ? error : corruptZip(error);
  } finally {
    await zip.close();
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Reader<unknown>> {
  // It grows in its place: bytes that were put together at the end would be copied all at once.
  const buffer = new ArrayBuffer(0, { maxByteLength: maxBytes });
  const bytes = new Uint8Array(buffer);
  for await (const chunk of chunks) {
    const { byteLength } = buffer;
    if (byteLength + chunk.length > maxBytes) {
      throw graphError("RequestEntityTooLarge", "The ZIP is larger than 64 MiB. Unpack it first.");
    }
    buffer.resize(byteLength + chunk.length);
    bytes.set(chunk, byteLength);
  }
  return readBytes(bytes);
}

/** The entries of an archive; one with many more than an export has is not listed to its end. */
async function listEntries(zip: ZipReader<unknown>): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.getEntriesGenerator()) {
    entries.push(entry);
    if (entries.length > maxEntries) {
      throw unreadable(`The ZIP has more than ${maxEntries} entries; it must have one report.`);
    }
  }
  return entries;
}

function findReport(entries: readonly Entry[]): FileEntry {
  if (entries.some(({ filename }) => filename === "[Content_Types].xml")) throw excelWorkbook();
  if (overlap(entries)) throw unreadable("The ZIP cannot be read: its entries overlap.");
  const files = entries.filter((entry) => !entry.directory).filter(({ filename }) => !isAddedByMac(filename));
  const [report, ...others] = files.filter(({ filename }) => /\.(?:csv|json)$/i.test(filename));
  if (report === undefined) {
    const content = files.length === 0 ? "is empty" : `contains ${namesOf(files)}`;
    throw unreadable(`The ZIP ${content}; it must have one file that ends in .csv or .json.`);
  }
  if (others.length > 0) {
    const names = namesOf([report, ...others]);
    throw unreadable(`The ZIP contains ${others.length + 1} reports: ${names}. Import one at a time.`);
  }
  const name = namesOf([report]);
  if (report.encrypted) throw unreadable(`${name} in the ZIP is encrypted. Unpack it first.`);
  if (report.compressionMethod !== stored && report.compressionMethod !== deflate) {
    throw unreadable(`${name} in the ZIP uses a compression method other than deflate. Unpack it first.`);
  }
  if (report.uncompressedSize > report.compressedSize * maxRatio) {
    throw unreadable(
      `${name} in the ZIP unpacks to ${report.uncompressedSize} bytes, more than ${maxRatio} times its size.`,
    );
  }
  return report;
}

/** Whether a file is one that macOS adds when it packs others. */
function isAddedByMac(filename: string): boolean {
  return /^__MACOSX\/|(?:^|\/)\._[^/]*$/.test(filename);
}

function namesOf(files: readonly Entry[]): string {
  const names = files.slice(0, maxNames).map(({ filename }) => `'${visibleText(filename, 64)}'`);
  const more = files.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Whether two entries share bytes. zip.js looks for this only among the entries that it unpacks. */
function overlap(entries: readonly Entry[]): boolean {
  const ordered = entries.toSorted((one, other) => one.offset - other.offset);
  return ordered.some(
    ({ offset, compressedSize }, index) => offset + compressedSize > (ordered[index + 1]?.offset ?? Infinity),
  );
}

async function* unpack(entry: FileEntry): AsyncGenerator<Uint8Array, undefined> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  // A failure before the first byte leaves the stream open, and its reader would wait for ever.
  entry.getData(writable).catch((error: unknown) => writable.abort(error).catch(() => undefined));
  // The size is checked while the bytes arrive, because a wrong entry may have no end.
  let left = entry.uncompressedSize;
  for await (const chunk of byteChunks(readable)) {
    left -= chunk.length;
    if (left < 0) throw new Error("Invalid uncompressed size");
    yield chunk;
  }
}

function corruptZip(error: unknown): GraphError {
  const what = error instanceof Error ? error.message : String(error);
  // For an ambiguous archive the reason says what is ambiguous.
  const reason = error instanceof Error && "reason" in error ? `, ${String(error.reason)}` : "";
  return unreadable(
    `The ZIP cannot be read: ${visibleText(what + reason, 200)}. Export the report again, or unpack it first.`,
  );
}
