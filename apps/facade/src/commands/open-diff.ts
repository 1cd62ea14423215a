import { fileErrorText, UserError } from "@install-summary/command-line/errors";
import { open, type FileHandle } from "node:fs/promises";
import type { DecidedRow } from "../import/create-decider.ts";
import { untilStopped } from "../files/until-stopped.ts";
import { faultEnd } from "../files/fault-end.ts";
import type { OwnFiles } from "../files/refuse-own-file.ts";
import { refuseTextTarget } from "../files/refuse-text-target.ts";
import { resolvePath } from "../files/resolve-path.ts";
import type { CommandContext } from "./command-context.ts";
import { formatApplied } from "./format-applied.ts";

/** Takes what an import makes of its apps, as lines of JSON. */
export interface Diff extends AsyncDisposable {
  readonly write: (rows: readonly DecidedRow[]) => Promise<void>;
}

/** What a diff is written with. */
export interface DiffOptions extends Pick<CommandContext, "folder" | "writeOutput"> {
  /** What people call the files of the report. */
  readonly names: readonly string[];
  /** What it must not be written over. */
  readonly own: OwnFiles;
  /** Ends the waiting for a reader, such as that of a pipe. */
  readonly stop: AbortSignal;
}

/**
 * Opens a file that a person named, or standard output by `-`. Throws `UserError` where it cannot be written, or belongs to the
 * facade.
 */
export async function openDiff(
  file: string,
  { folder, writeOutput, names, own, stop }: DiffOptions,
): Promise<Diff> {
  const path = resolvePath(folder, file);
  const write =
    file === "-"
      ? { writeText: writeOutput, close: async () => undefined }
      : await untilStopped(openFile(path, own), stop);
  const encoder = new TextEncoder();
  return {
    async write(rows) {
      const text = rows.map((row) => formatApplied(row, names)).join("");
      if (text !== "") await untilStopped(write.writeText(encoder.encode(text)), stop);
    },
    async [Symbol.asyncDispose]() {
      // A file that is still written to is closed by the end of the process.
      await untilStopped(write.close(), stop).catch((error: unknown) => {
        if (!stop.aborted) throw error;
      });
    },
  };
}

async function openFile(path: string, own: OwnFiles) {
  const told = (error: unknown): unknown =>
    error instanceof UserError
      ? error
      : new UserError(`The file ${path} cannot be written: ${fileErrorText(error)}.`, {
          ...faultEnd(error),
          cause: error,
        });
  const file = await openForWriting(path, own).catch((error: unknown) => {
    throw told(error);
  });
  return {
    writeText: (bytes: Uint8Array) =>
      file.writeFile(bytes).catch((error: unknown) => {
        throw told(error);
      }),
    close: () => file.close(),
  };
}

async function openForWriting(path: string, own: OwnFiles): Promise<FileHandle> {
  refuseTextTarget(path, own);
  return open(path, "w");
}
