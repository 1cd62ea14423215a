import { open, type FileHandle } from "node:fs/promises";
import { describeFileFault } from "../errors/describe-file-fault.ts";
import { StartError } from "../errors/start-error.ts";

/** Opens a file that a person named, to read it. Throws `StartError` where it cannot be read. */
export async function openReportFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path);
    if (!(await file.stat()).isDirectory()) return file;
    await file.close();
  } catch (error) {
    throw new StartError(`The file ${path} cannot be read: ${describeFileFault(error)}.`, { cause: error });
  }
  throw new StartError(`The file ${path} cannot be read: it is a folder.`);
}
