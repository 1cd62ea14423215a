import { fileErrorText, UserError } from "@install-summary/command-line/errors";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import type { AppliedRow } from "../import/apply-rows.ts";
import type { CommandContext } from "./command-context.ts";
import { formatApplied } from "./format-applied.ts";

/** Takes what an import makes of its apps, as lines of JSON. */
export interface Diff extends AsyncDisposable {
  readonly write: (rows: readonly AppliedRow[]) => Promise<void>;
}

/** What a diff is written with. */
export interface DiffOptions extends Pick<CommandContext, "folder" | "writeOutput"> {
  /** What people call the files of the report. */
  readonly names: readonly string[];
}

/** Opens a file that a person named, or standard output by `-`. Throws `UserError` where it cannot be written. */
export async function openDiff(file: string, { folder, writeOutput, names }: DiffOptions): Promise<Diff> {
  const path = resolve(folder, file);
  const write =
    file === "-" ? { writeText: writeOutput, close: async () => undefined } : await openFile(path);
  const encoder = new TextEncoder();
  return {
    async write(rows) {
      const text = rows.map((row) => formatApplied(row, names)).join("");
      if (text !== "") await write.writeText(encoder.encode(text));
    },
    [Symbol.asyncDispose]: () => write.close(),
  };
}

async function openFile(path: string) {
  const told = (error: unknown): UserError =>
    new UserError(`The file ${path} cannot be written: ${fileErrorText(error)}.`, { cause: error });
  const file = await open(path, "w").catch((error: unknown) => {
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
