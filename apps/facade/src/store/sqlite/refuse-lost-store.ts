import { UserError } from "@install-summary/command-line/errors";
import { followLinks } from "../../files/follow-links.ts";
import { hasContent, isThere } from "../../files/look.ts";

/** Throws `UserError` where there is no store: it names what is left of one, and a link that leads nowhere. */
export function refuseMissingStore(file: string): void {
  if (isThere(file)) return;
  refuseLostStore(file);
  throw new UserError(`The store ${file} does not exist. Name its folder with --data.`);
}

/**
 * Throws `UserError` where a store is not to be made in the place of a missing one: a log or a journal is left, which SQLite would
 * take for that of the new store, and write what it holds into it; or the name is that of a link, behind which the store was.
 */
export function refuseLostStore(file: string): void {
  const { links, end } = followLinks(file);
  const left = [...links, end].flatMap((name) => [`${name}-wal`, `${name}-journal`]).find(hasContent);
  if (left === undefined && links.length === 0) return;
  // Another process may have made the store after the caller has looked.
  if (isThere(file)) return;
  const what = links.length === 0 ? "is missing" : `is a link to ${end}, where no file is`;
  throw new UserError(
    left === undefined
      ? `The store ${file} ${what}. Put the store back there, or remove the link to begin with a new one.`
      : `The store ${file} ${what}, and ${left} is left of it. Put the store back beside it, or move that file aside.`,
  );
}
