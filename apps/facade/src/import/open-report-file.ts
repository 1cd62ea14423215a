import { access, constants, open, stat, type FileHandle } from "node:fs/promises";
import { fileErrorText, UserError } from "@install-summary/command-line/errors";

/** Opens a file that a person named, to read it. Throws `UserError` where it cannot be read. */
export async function openReportFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path);
    if (!(await file.stat()).isDirectory()) return file;
    await file.close();
  } catch (error) {
    throw unreadable(path, fileErrorText(error), error);
  }
  throw unreadable(path, "it is a folder");
}

/**
 * The size of a file that a person named, undefined where it may be a pipe. Throws `UserError` where it cannot be read, without
 * opening it.
 */
export async function checkReportFile(path: string): Promise<number | undefined> {
  try {
    await access(path, constants.R_OK);
    const found = await stat(path);
    if (!found.isDirectory()) return found.isFile() ? found.size : undefined;
  } catch (error) {
    throw unreadable(path, fileErrorText(error), error);
  }
  throw unreadable(path, "it is a folder");
}

/** Reads a file that a person named. It is open only while it is read, however many there are. */
export async function* readReportFile(path: string): AsyncGenerator<Uint8Array, undefined> {
  await using file = await openReportFile(path);
  try {
    for await (const chunk of file.createReadStream({ autoClose: false })) yield bytesOf(chunk);
  } catch (error) {
    // A disk may fail in the middle of a file.
    throw unreadable(path, fileErrorText(error), error);
  }
}

/** Without an encoding a stream has bytes only. */
function bytesOf(chunk: string | Uint8Array): Uint8Array {
  return typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

function unreadable(path: string, why: string, cause?: unknown): UserError {
  return new UserError(`The file ${path} cannot be read: ${why}.`, { cause });
}
