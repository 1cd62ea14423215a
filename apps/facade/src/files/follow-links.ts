import { readlinkSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { findEntry, look, placeOf } from "./look.ts";

/** Where the name of a file leads to. */
export interface Followed {
  /** The links, from the name to the last of them; none where the name is the file's own, or nothing is there. */
  readonly links: readonly string[];
  /** The last name, at which a file is or would be. */
  readonly end: string;
}

/**
 * Follows the links of a name, one by one. What is a link is told by what is there: a disk may know a file by a name that is written
 * otherwise, as in capitals on macOS and Windows. Throws `UserError`.
 */
export function followLinks(name: string): Followed {
  const links = new Set<string>();
  let end = placeOf(name);
  // Links may form a loop, which the system names where the file is opened.
  while (isLink(end) && !links.has(end)) {
    links.add(end);
    end = placeOf(resolve(dirname(end), look(end, readTarget)));
  }
  return { links: [...links], end };
}

function isLink(path: string): boolean {
  return findEntry(path)?.isSymbolicLink() === true;
}

function readTarget(link: string): string {
  return readlinkSync(link);
}
