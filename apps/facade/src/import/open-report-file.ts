import { open, type FileHandle } from "node:fs/promises";
import { fileErrorText, UserError } from "@install-summary/command-line/errors";

/** Opens a file that a person named, to read it. Throws `UserError` where it cannot be read. */
export async function openReportFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path);
    if (!(await file.stat()).isDirectory()) return file;
    await file.close();
  } catch (error) {
    throw new UserError(`The file ${path} cannot be read: ${fileErrorText(error)}.`, { cause: error });
  }
  throw new UserError(`The file ${path} cannot be read: it is a folder.`);
}
