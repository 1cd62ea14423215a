import type { Stats } from "node:fs";
import { access, constants, open, stat, type FileHandle } from "node:fs/promises";
import { fileErrorText, UserError } from "@install-summary/command-line/errors";
import { openPipe } from "./open-pipe.ts";

/** Opens a file that a person named, to read it. Throws `UserError` where it cannot be read. */
export async function openReportFile(path: string): Promise<FileHandle> {
  await checkReportFile(path);
  try {
    return await open(path);
  } catch (error) {
    throw unreadable(path, fileErrorText(error), error);
  }
}

/**
 * The size of a file that a person named, undefined where it is a pipe. Throws `UserError` where it cannot be read, without
 * opening it.
 */
export async function checkReportFile(path: string): Promise<number | undefined> {
  const found = await readStats(path);
  if (found.isFile()) return found.size;
  if (found.isFIFO() || found.isSocket()) return undefined;
  // Most devices have no end.
  throw unreadable(path, found.isDirectory() ? "it is a folder" : "it is a device");
}

/**
 * Reads a file that a person named. It is open only while it is read, however many there are. Of a pipe, which may say nothing
 * for ever, `stop` ends the reading.
 */
export async function* readReportFile(
  path: string,
  stop: AbortSignal,
): AsyncGenerator<Uint8Array, undefined> {
  const isPipe = (await checkReportFile(path)) === undefined;
  try {
    if (isPipe) {
      yield* openPipe(path, stop);
      return;
    }
    await using file = await openReportFile(path);
    for await (const chunk of file.createReadStream({ autoClose: false })) yield bytesOf(chunk);
  } catch (error) {
    // A disk may fail in the middle of a file.
    throw error instanceof UserError ? error : unreadable(path, fileErrorText(error), error);
  }
}

async function readStats(path: string): Promise<Stats> {
  try {
    await access(path, constants.R_OK);
    return await stat(path);
  } catch (error) {
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
