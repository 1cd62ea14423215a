import { UserError } from "@install-summary/command-line/errors";
import { lstatSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { look, namesIn, realPath } from "./look.ts";
import { refuseLeftLog } from "./refuse-left-log.ts";
import { refuseMountedFile } from "./refuse-mounted-file.ts";

/**
 * Throws `UserError` for a store that has another name too, a hard link or a mount, or that was moved without its log and linked. SQLite
 * keeps a log beside each name: who opens the file by the other one does not see what this log has, and both write over each other. Names that the program itself gives
 * for a moment, and leaves when it is killed then, do no harm: nothing opens them.
 */
export function refuseOtherNames(store: string): void {
  refuseMountedFile(store);
  refuseLeftLog(store);
  if (countNames(store) <= 1) return;
  const own = countOwnNames(realPath(store));
  // Read again: a name that went in the meantime was not counted.
  if (countNames(store) <= own) return;
  throw new UserError(
    `The store ${store} has another name as well, a hard link. Changes that are made by one of the names are lost to the other. Remove the other name, or copy the file and move the copy to ${store}.`,
  );
}

function countNames(store: string): number {
  return look(store, (path) => statSync(path)).nlink;
}

/** The store's own name, and those that are made of it: drafts, and what a restore has put aside. */
function countOwnNames(path: string): number {
  const { dev, ino } = look(path, () => statSync(path, { bigint: true }));
  const [folder, name] = [dirname(path), basename(path)];
  const made = namesIn(folder).filter((other) => {
    if (!other.startsWith(`${name}.`)) return false;
    const found = look(join(folder, other), (one) => lstatSync(one, { bigint: true, throwIfNoEntry: false }));
    return found?.ino === ino && found.dev === dev;
  });
  return 1 + made.length;
}
