import type { LogDestination } from "@install-summary/facade";
import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";

/** The log of a facade while the editor is on the screen. */
export function logFileOf(data: string): string {
  return join(data, "facade.log");
}

/** The log file; it is opened by its first line. */
export function openLogFile(data: string): LogDestination {
  let file: WriteStream | undefined;
  return {
    write(line) {
      file ??= createWriteStream(logFileOf(data), { flags: "a", mode: 0o600 })
        // A full disk loses the log and never stops the service.
        .on("error", () => {});
      file.write(line);
    },
  };
}
