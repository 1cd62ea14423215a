import type { LogDestination } from "@install-summary/facade";
import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";

/** The log of a facade while the editor is on the screen. */
export function logFileOf(data: string): string {
  return join(data, "facade.log");
}

/** Opens that file with the first line that it gets. */
export function openLogFile(data: string): LogDestination {
  let file: WriteStream | undefined;
  return {
    write(line) {
      file ??= createWriteStream(logFileOf(data), { flags: "a", mode: 0o600 })
        // A full disk costs the log, never the service.
        .on("error", () => {});
      file.write(line);
    },
  };
}
