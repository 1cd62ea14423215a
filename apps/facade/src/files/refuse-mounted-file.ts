import { UserError } from "@install-summary/command-line/errors";
import { readFileSync } from "node:fs";
import { realPath } from "./look.ts";

/**
 * Throws `UserError` for a store that is mounted by itself, which is another name for a file in another folder. SQLite keeps a
 * log beside each of the two: who opens the file in the other folder does not see what this log has, and both write over each
 * other. In a folder that is mounted as a whole there is one log.
 */
export function refuseMountedFile(store: string): void {
  if (!readMountPoints().includes(realPath(store))) return;
  throw new UserError(
    `The store ${store} is mounted as a single file. SQLite keeps a log beside each path of a file, so changes made here and changes made in the file's own folder are lost to each other. Mount that folder instead, and name it with --data.`,
  );
}

/** Where this process sees something mounted. Empty on systems other than Linux, and without /proc. */
function readMountPoints(): readonly string[] {
  try {
    const lines = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
    return lines.map((line) => plainPath(line.split(" ")[4] ?? ""));
  } catch {
    return [];
  }
}

/** Blanks, line ends and backslashes are written in octal. Source: proc_pid_mountinfo(5) */
function plainPath(path: string): string {
  return path.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
