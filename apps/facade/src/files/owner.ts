import { closeSync, constants, fchownSync, mkdirSync, openSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import process from "node:process";

/**
 * Makes a file of a text, empty by default, which is on the disk then. Where the superuser makes it for the owner of another
 * file or folder, it belongs to that user, whose programs can then use it.
 */
export function createOwned(path: string, mode: number, owner: string | undefined, text = ""): void {
  const handle = openSync(path, "wx", mode);
  try {
    giveTo(handle, owner);
    if (text !== "") writeFileSync(handle, text, { flush: true });
  } finally {
    closeSync(handle);
  }
}

/** Makes a folder for its maker alone. One that the superuser makes in another user's folder belongs to that user. */
export function makeOwnedFolder(folder: string): void {
  mkdirSync(folder, { mode: 0o700 });
  if (process.geteuid?.() !== 0) return;
  const handle = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    giveTo(handle, dirname(folder));
  } finally {
    closeSync(handle);
  }
}

/** By the handle: the owner of the folder may have put a link in the place of the name. */
function giveTo(handle: number, owner: string | undefined): void {
  if (owner === undefined || process.geteuid?.() !== 0) return;
  try {
    const { uid, gid } = statSync(owner);
    if (uid !== 0) fchownSync(handle, uid, gid);
  } catch {
    // Disks without owners, and containers that do not know the user, leave it as it is.
  }
}

/** Whose a file is and what to do, as a sentence; undefined for a file of the user that runs this, and for root. */
export function describeOwner(file: string): string | undefined {
  return process.geteuid?.() === 0 ? undefined : describeOther(file);
}

/**
 * How others lose a right to a file or folder, as a sentence. Only its owner is told to change it: on what belongs to another user
 * that user's programs rely.
 */
export function adviseMode(path: string, mode: string): string {
  return describeOther(path) ?? `Run: chmod ${mode} ${path}`;
}

function describeOther(path: string): string | undefined {
  const me = process.geteuid?.();
  const found = findOwner(path);
  if (me === undefined || found === undefined || found.uid === me) return undefined;
  const it = found.path === path ? "It" : `Its folder ${found.path}`;
  const owner = found.uid === 0 ? "root" : `the user ${found.uid}`;
  return `${it} belongs to ${owner}, and this runs as ${myName() ?? me}. Run the command as ${owner}.`;
}

/** The owner of a file, or of the folder that keeps it from being looked at; undefined where the file is missing. */
function findOwner(path: string): { readonly path: string; readonly uid: number } | undefined {
  try {
    return { path, uid: statSync(path).uid };
  } catch (error) {
    const folder = dirname(path);
    const isDenied = error instanceof Error && "code" in error && error.code === "EACCES";
    return isDenied && folder !== path ? findOwner(folder) : undefined;
  }
}

/** Undefined in a container whose user has no name. */
function myName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
