import fs from "node:fs";
// The default import, since a Node that is too old lacks the named one, and must still be able to start and say so.
import module from "node:module";
import path from "node:path";
import process from "node:process";
import { makeFolder, userFolders } from "./config/user-folders.ts";

/**
 * Has Node keep what it compiles of this program in the user's cache folder, which saves a tenth of each later start. Node
 * goes without where the folder cannot be written.
 */
export async function keepCompiled(): Promise<void> {
  if (process.env["NODE_DISABLE_COMPILE_CACHE"]) return;
  try {
    const { cache } = await userFolders();
    const folder = path.join(cache, "compiled");
    if (isOwn(folder)) module.enableCompileCache(folder);
  } catch {
    // A user without a home, or one whose home cannot be written, has no cache either.
  }
}

/**
 * Whether a folder, which is made where it is missing, is this user's alone. Node runs what it finds there: it compares
 * the code that was compiled, and not what became of it.
 */
function isOwn(folder: string): boolean {
  makeFolder(folder);
  const found = fs.lstatSync(folder);
  // Behind a link may be a system, such as /proc, where Node tries without end to make folders.
  if (!found.isDirectory()) return false;
  const { uid, mode } = found;
  // Windows has neither owners nor modes of this kind, and the folder is in the user's profile.
  return process.geteuid === undefined || (uid === process.geteuid() && (mode & 0o022) === 0);
}
