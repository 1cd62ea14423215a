import { UserError } from "@install-summary/command-line/errors";
import { readlinkSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { hasContent, look, placeOf, realPath } from "./look.ts";

/**
 * Throws `UserError` where a log or a journal lies beside a link that leads to a store elsewhere, as after a store was moved and
 * linked from its old place: SQLite looks for both beside the file itself, and what they hold would be lost without a word.
 */
export function refuseLeftLog(store: string): void {
  const file = realPath(store);
  for (const link of linksTo(store, file)) {
    const left = [`${link}-wal`, `${link}-journal`].find(hasContent);
    if (left === undefined) continue;
    throw new UserError(
      `The store ${link} is a link to ${file}, and ${left} lies beside the link, where it is not read. It may hold the last changes: move ${file} back to ${link}, or, if they may be lost, move ${left} aside.`,
    );
  }
}

/** The names of links that lead to a file, from one to the next. */
function* linksTo(name: string, file: string): Generator<string> {
  for (
    let link = placeOf(name);
    link !== file;
    link = placeOf(resolve(dirname(link), look(link, readlink)))
  ) {
    yield link;
  }
}

function readlink(path: string): string {
  return readlinkSync(path);
}
