import { UserError } from "@install-summary/command-line/errors";
import { hasContent, isThere } from "../../files/look.ts";

/**
 * Throws `UserError` where a log or a journal is there without its store: SQLite would take it for the log of the store that
 * is to be made, and write what it holds into that.
 */
export function refuseLostStore(file: string): void {
  for (const part of [`${file}-wal`, `${file}-journal`]) {
    // Another process may have made the store after the caller has looked.
    if (!hasContent(part) || isThere(file)) continue;
    throw new UserError(
      `The store ${file} is missing, and ${part} is left of it. Put the store back beside it, or move that file aside.`,
    );
  }
}
