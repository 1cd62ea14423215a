import { constants } from "node:fs";
import { chmod, lstat, mkdir, open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

/** More than any file of drafts has. */
const maxBytes = 64 * 1024;

// Windows has only the first, and a flag that is undefined adds nothing.
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * Makes a folder that only this user can use. Throws where something else is there: a link, a file, or a folder of another
 * user, in which this program's files could be replaced.
 */
export async function makePrivateFolder(path: string): Promise<void> {
  await makeFolder(path);
  const mode = await checkPrivateFolder(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) await chmod(path, 0o700);
}

/** Gives the mode of a private folder. Throws where it is missing, is a link, or belongs to another user. */
export async function checkPrivateFolder(path: string): Promise<number> {
  const found = await lstat(path);
  if (!found.isDirectory()) throw new Error(`${path} is a link, not a folder`);
  if (!isOurs(found.uid)) throw new Error(`${path} belongs to another user`);
  return found.mode;
}

/**
 * Makes a folder, and those above it where they are missing. Node's own way to do so never ends where a file system says of
 * a new name that it does not exist, as `/proc` does.
 */
async function makeFolder(path: string, isAboveThere = false): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const above = dirname(path);
    if (!isMissing(error)) {
      if (await isFolder(path)) return;
      throw error;
    }
    if (isAboveThere || above === path) {
      throw new Error(`no folder can be made in ${above}`, { cause: error });
    }
    await makeFolder(above);
    await makeFolder(path, true);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Reads a file of such a folder. Undefined where it is gone. Throws for a link, for anything but a file, for a file of
 * another user, and for one that is too large.
 */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  const file = await openForReading(path);
  if (file === undefined) return undefined;
  try {
    const found = await file.stat();
    if (!found.isFile() || !isOurs(found.uid)) throw new Error(`${path} is not a file of this user`);
    if (found.size > maxBytes) throw new Error(`${path} is too large`);
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

/** Replaces a file as a whole: after a crash it holds the old text or the new one. The new one is on disk at the end. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.tmp`;
  // A name that only this session uses: what is there was left by a write that failed.
  await rm(unfinished, { force: true });
  try {
    const file = await open(unfinished, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Removes a file, and keeps it removed after a power cut. Gives whether it was there. */
export async function removePrivateFile(path: string): Promise<boolean> {
  try {
    await rm(path);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  await syncFolder(dirname(path));
  return true;
}

/** When a file was written, in milliseconds; undefined where there is none. */
export async function timeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Puts the names in a folder on disk. Windows has no such thing. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, O_RDONLY).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  try {
    await folder?.sync();
  } finally {
    await folder?.close();
  }
}

/** Whether an error says that a file is gone. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function openForReading(path: string): Promise<FileHandle | undefined> {
  try {
    // A pipe would keep a reader waiting, and a link leads elsewhere.
    return await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isOurs(owner: number): boolean {
  const user = process.getuid?.();
  return user === undefined || owner === user;
}
