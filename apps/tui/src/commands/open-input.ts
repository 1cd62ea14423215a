import { addAbortSignal } from "node:stream";
import { UserError, exitCodes, fileErrorText } from "@install-summary/command-line/errors";
import { openFile } from "../server/open-file.ts";
import type { CommandContext } from "./command-context.ts";

/** The bytes of a file, or of standard input for `-`. Rejects with `UserError` where it cannot be read. */
export async function* openInput(
  file: string,
  { stdin, signal }: Pick<CommandContext, "stdin" | "signal">,
): AsyncGenerator<Uint8Array> {
  if (file === "-") return yield* addAbortSignal(signal, stdin);
  try {
    yield* openFile(file, signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new UserError(`The file cannot be read: ${fileErrorText(error)}.`, {
      exit: exitCodes.usage,
      code: "Usage",
      argument: file,
      cause: error,
    });
  }
}
