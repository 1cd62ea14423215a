import { UserError } from "@install-summary/command-line/errors";
import { followLinks } from "./follow-links.ts";
import { hasContent } from "./look.ts";

/**
 * Throws `UserError` where a log or a journal lies beside a link that leads to a store elsewhere, as after a store was moved and
 * linked from its old place: SQLite looks for both beside the file itself, and what they hold would be lost without a word.
 */
export function refuseLeftLog(store: string): void {
  const { links, end } = followLinks(store);
  for (const link of links) {
    const left = [`${link}-wal`, `${link}-journal`].find(hasContent);
    if (left === undefined) continue;
    throw new UserError(
      `The store ${link} is a link to ${end}, and ${left} lies beside the link, where it is not read. It may hold the last changes: move ${end} back to ${link}, or, if they may be lost, move ${left} aside.`,
    );
  }
}
