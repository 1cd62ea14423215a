import { graphError, type GraphError } from "../../http/graph-error.ts";
import { encodingOf } from "./decode-chunks.ts";
import { unreadable } from "./unreadable.ts";

/** Whether a file is a ZIP, by its first bytes: a local file header, or the end of an archive without files. */
export function isZip([first, second, third, fourth]: Uint8Array): boolean {
  return (
    first === 0x50 && second === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
  );
}

/**
 * The format of a report, by its first bytes. Throws `GraphError` for a file that cannot be a report: 415 for an Excel
 * workbook, otherwise 400.
 */
export function detectFormat(start: Uint8Array): "csv" | "json" {
  if (start.length === 0) throw unreadable("The file is empty.");
  const [first, second, third, fourth] = start;
  if (first === 0xd0 && second === 0xcf) throw excelWorkbook();
  if (first === 0x1f && second === 0x8b) throw unreadable("The file is packed with gzip. Unpack it first.");
  if (first === 0 || second === 0 || (third === 0 && fourth === 0)) {
    throw unreadable('The file is UTF-16 without a byte-order mark, or binary. Save it as "CSV UTF-8".');
  }
  const text = decodeStart(start).trimStart();
  const other = otherKind(text);
  if (other !== undefined)
    throw unreadable(`The file is ${other}; the report that is needed is AppInstallStatusAggregate.`);
  if (misreadMark.test(text)) {
    throw unreadable(
      "The file begins with a garbled byte-order mark, so its names may be garbled too. Take the file as it was exported.",
    );
  }
  return /^[{[]/.test(text) ? "json" : "csv";
}

/** What people take for the report, by its beginning: a page, what a portal prints, and the store itself. */
function otherKind(text: string): string | undefined {
  if (text.startsWith("<")) return "HTML or XML, perhaps a sign-in page";
  return /^(?:%PDF-|SQLite format)/.test(text) ? "a PDF or a database" : undefined;
}

/** The three bytes of the mark as letters of Windows, and of its consoles in America and Europe. */
const misreadMark = /^(?:ï»¿|[∩´]╗┐)/;

/** The first characters of a file, for a look at them. */
export function decodeStart(start: Uint8Array): string {
  return new TextDecoder(encodingOf(start)).decode(start);
}

/** The error for an Excel workbook. */
export function excelWorkbook(): GraphError {
  return graphError(
    "UnsupportedMediaType",
    'This is an Excel workbook. Save it as "CSV UTF-8" and use that.',
  );
}
