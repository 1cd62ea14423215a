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

/** Whose a file is and what to do, as a sentence; undefined for a file of the user that runs this, or that all may use. */
export function describeOwner(file: string): string | undefined {
  const me = process.geteuid?.();
  const owner = ownerOf(file);
  if (me === undefined || me === 0 || owner === undefined || owner === me) return undefined;
  const name = myName() ?? String(me);
  return `It belongs to the user ${owner === 0 ? "root" : owner}, and this runs as ${name}. Run as root: chown ${name} ${file}`;
}

/** The owner of a file; undefined where it is missing or cannot be looked at. */
function ownerOf(file: string): number | undefined {
  try {
    return statSync(file).uid;
  } catch {
    return undefined;
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
